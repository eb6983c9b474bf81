using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Serving;
using Flatfile.Api;

namespace Flatfile.Agent.Host.Importing;

/// <summary>The server a command talks to: one of its own, one that serves the data folder already, or one elsewhere.</summary>
internal sealed class ImportTarget : IAsyncDisposable
{
    private static readonly TimeSpan OtherStarts = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Deaths a job may see here, unless the settings say otherwise. The bound is there against a supervisor that starts a process over and over;
    /// a command is started again by a person, who more likely ended it than the job did.
    /// </summary>
    private static readonly KeyValuePair<string, string?> Deaths = new("Agent:Jobs:MaxFatalAttempts", "20");

    private readonly AgentServer? _own;

    private ImportTarget(string url, string key, AgentServer? own, bool borrowed)
    {
        Url = url;
        Client = new FlatfileClient(new FlatfileClientOptions { BaseAddress = new Uri(url), Token = key });
        _own = own;
        IsBorrowed = borrowed;
    }

    public string Url { get; }

    public FlatfileClient Client { get; }

    /// <summary>True for another process's server over the same folder: it may go away, and the folder is then free.</summary>
    public bool IsBorrowed { get; }

    public static async Task<ImportTarget> ChooseAsync(ServerChoice request, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Url is not null)
        {
            return Elsewhere(request);
        }

        if (request.Settings.Port is { } asked && DataFolder.ReadAddress(request.Settings.DataFolder) is null)
        {
            LoopbackPort.RefuseWhenTaken(asked);
        }

        var still = new Stillness(time);
        while (true)
        {
            if (DataFolder.TryTake(request.Settings.DataFolder) is { } folder)
            {
                return await OwnAsync(request, folder, cancellationToken);
            }

            if (DataFolder.ReadAddress(request.Settings.DataFolder) is { HasSpaces: true } other && DevelopmentKey.Read(request.Settings.DataFolder) is { } key)
            {
                return new ImportTarget(other.Url, key, null, borrowed: true);
            }

            if (still.Lasts("", OtherStarts))
            {
                throw DataFolder.InUse(request.Settings.DataFolder);
            }

            await Task.Delay(Look, time, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }
    }

    private static async Task<ImportTarget> OwnAsync(ServerChoice request, DataFolder folder, CancellationToken cancellationToken)
    {
        var port = request.Settings.Port ?? LoopbackPort.Free();
        var settings = request.Settings with { Configuration = new ConfigurationBuilder().AddInMemoryCollection([Deaths]).AddConfiguration(request.Settings.Configuration).Build() };
        var server = await AgentServer.StartOwnAsync(settings, folder, port, cancellationToken);
        return new ImportTarget(server.Url, server.Access.ProcessKey, server, borrowed: false);
    }

    private static ImportTarget Elsewhere(ServerChoice request)
    {
        if (!Uri.TryCreate(request.Url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new UserFault(
                $"{request.Option} {request.Url}: this is not an address.", "An address names the protocol, the host and perhaps the port.", "Write it in full, such as http://localhost:5080.");
        }

        var key = request.Key ?? Environment.GetEnvironmentVariable("FLATFILE_API_KEY") ?? KeyOfThisFolder(request, address);
        return string.IsNullOrEmpty(key)
            ? throw new UserFault($"{request.Option} needs a key.", "Every call to a server carries its secret key.", "Give it with --key KEY, or in FLATFILE_API_KEY.")
            : new ImportTarget(request.Url!, key, null, borrowed: false);
    }

    private static string? KeyOfThisFolder(ServerChoice request, Uri address) =>
        DataFolder.ReadAddress(request.Settings.DataFolder) is { HasSpaces: true } here && new Uri(here.Url) is var own && own.Authority == address.Authority
            ? DevelopmentKey.Read(request.Settings.DataFolder)
            : null;
}
