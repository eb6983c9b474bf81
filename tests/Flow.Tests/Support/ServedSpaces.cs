namespace Flow.Tests.Support;

/// <summary>A server of its own over a folder of its own, and the variables that point Flatfile's JavaScript tools at it.</summary>
internal sealed class ServedSpaces : IAsyncDisposable
{
    private readonly TempFolder _data;
    private readonly AgentProcess _process;

    private ServedSpaces(TempFolder data, AgentProcess process, SpacesProbe probe, IReadOnlyDictionary<string, string> environment)
    {
        _data = data;
        _process = process;
        Probe = probe;
        Environment = environment;
    }

    public SpacesProbe Probe { get; }

    /// <summary>As <c>./agent env</c> prints them.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>What the server said so far, for the message of a test that fails.</summary>
    public string Said => _process.Errors;

    /// <summary>Starts without the handlers of these ids, such as <c>flatfile/*</c>: the JavaScript listener under test does their work.</summary>
    public static async Task<ServedSpaces> StartAsync(params string[] handlersOff)
    {
        var data = new TempFolder();
        var settings = handlersOff.Select((id, at) => KeyValuePair.Create($"Agent__HandlersOff__{at}", id));
        var process = AgentProcess.Start(new Dictionary<string, string>(settings), "serve", "--data", data.Path, "--port", "0");
        try
        {
            var probe = await SpacesProbe.OpenAsync(data.Path, process, TimeSpan.FromSeconds(30));
            return new ServedSpaces(data, process, probe, await EnvironmentAsync(probe));
        }
        catch
        {
            await process.DisposeAsync();
            data.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Probe.Dispose();
        await _process.DisposeAsync();
        _data.Dispose();
    }

    private static async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(SpacesProbe probe)
    {
        var environments = await probe.GetAsync("environments");
        var address = probe.Address.ToString().TrimEnd('/');
        return new Dictionary<string, string>
        {
            ["FLATFILE_API_URL"] = address,
            ["AGENT_INTERNAL_URL"] = address,
            ["FLATFILE_API_KEY"] = probe.Key,
            ["FLATFILE_BEARER_TOKEN"] = probe.Key,
            ["FLATFILE_ENVIRONMENT_ID"] = environments[0].GetProperty("id").GetString()!,
        };
    }
}
