using System.CommandLine;
using Flatfile.Agent.Host.Serving;
using Flatfile.Agent.Host.Wiring;

namespace Flatfile.Agent.Host.Commands;

/// <summary>The options that stand on every command.</summary>
internal sealed class SharedOptions
{
    public Option<string> Data { get; } = new("--data")
    {
        Description = "Folder that holds spaces, files, jobs and the key. Made when it is new.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "data",
        Recursive = true,
    };

    public Option<int?> Port { get; } = new("--port")
    {
        Description = $"Port on this machine; {HostSettings.DefaultPort} unless told, a free one for import; 0 takes a free one.",
        HelpName = "N",
        Recursive = true,
    };

    public Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Say what is going on, and where an unforeseen fault happened.",
        Recursive = true,
    };

    public SharedOptions() => Port.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var port) && port is < 0 or > 65535)
        {
            result.AddError($"--port {port}: a port is a number from 1 to 65535, or 0 for a free one.");
        }
    });

    public void AddTo(Command root)
    {
        root.Options.Add(Data);
        root.Options.Add(Port);
        root.Options.Add(Verbose);
    }

    public HostSettings Read(ParseResult parsed) =>
        new(Path.GetFullPath(parsed.GetValue(Data)!), parsed.GetValue(Port) is 0 ? LoopbackPort.Free() : parsed.GetValue(Port), parsed.GetValue(Verbose), SettingsWiring.Read());
}
