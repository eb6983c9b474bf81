using Contracts.Support;

namespace Contracts.Jobs;

/// <summary>An <see cref="EngineProgram"/> that runs.</summary>
internal sealed class ChildEngine : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly GuardedProcess _process;

    private ChildEngine(string program, IEnumerable<string> arguments)
    {
        var surroundings = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);
        _process = GuardedProcess.Start("dotnet", [program, .. arguments], surroundings, Output);
    }

    private string Output => Path.Combine(_folder.Path, "out");

    /// <summary>Returns when so many runs have begun.</summary>
    public static async Task<ChildEngine> StartAsync(string program, IReadOnlyList<string> settings, IReadOnlyList<string> tickets, int runs)
    {
        var child = new ChildEngine(program, [.. settings, "--", .. tickets]);
        await Signal.UntilAsync(
            async () => child._process.HasExited
                ? throw new InvalidOperationException("The child ended: " + await child.SaidAsync())
                : (await child.SaidAsync()).Split('\n').Count(l => l.StartsWith("run ", StringComparison.Ordinal)) >= runs,
            $"{runs} runs to begin in a process of their own",
            TimeSpan.FromSeconds(40));
        return child;
    }

    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<string> SaidAsync() => File.Exists(Output) ? await File.ReadAllTextAsync(Output) : string.Empty;
}
