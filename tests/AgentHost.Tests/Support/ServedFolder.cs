using Flatfile.Api;

namespace AgentHost.Tests.Support;

/// <summary>A host that serves a folder of its own for the length of a test.</summary>
internal sealed class ServedFolder : IAsyncDisposable
{
    private ServedFolder(TemporaryFolder folder, HostProgram program, string port)
    {
        Folder = folder;
        Program = program;
        Url = "http://localhost:" + port;
        Client = new FlatfileClient(new FlatfileClientOptions { BaseAddress = new Uri(Url), Token = Key });
    }

    public TemporaryFolder Folder { get; }

    public HostProgram Program { get; }

    public string Url { get; }

    public FlatfileClient Client { get; }

    public string Key => File.ReadAllText(Path.Combine(Folder["data"], "development-key")).Trim();

    public string OperatorKey => File.ReadAllText(Path.Combine(Folder["data"], "operator-key")).Trim();

    public static async Task<ServedFolder> StartAsync(TemporaryFolder folder, params (string Name, string Value)[] environment)
    {
        var port = FreePort.Next();
        var program = HostProgram.Start(folder.Path, ["serve", "--port", port], environment);
        await program.ServingAsync();
        return new ServedFolder(folder, program, port);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Program.DisposeAsync();
    }
}
