using System.CommandLine;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Wiring;

namespace Flatfile.Agent.Host.Commands;

/// <summary>Says which handlers an event is for, and why it is not for the others.</summary>
internal static class ExplainCommand
{
    public static void AddTo(RootCommand root, SharedOptions shared)
    {
        var file = new Argument<string>("EVENT.json") { Description = "One event as JSON, as Flatfile sends it." };
        var command = new Command("explain", "Print which handlers match an event, and why the others do not.") { file };
        command.SetAction((parsed, stop) => RunAsync(shared.Read(parsed), parsed.GetValue(file)!, stop));
        root.Subcommands.Add(command);
    }

    private static async Task<int> RunAsync(HostSettings settings, string path, CancellationToken stop)
    {
        var @event = await ReadAsync(path, stop);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddQuietLog(settings));
        services.AddOwnAgent(settings.Configuration, settings.DataFolder, ownSpaces: true);
        services.AddSingleton<IFlatfileEndpoint>(new NobodyEndpoint());
        await using var provider = services.BuildServiceProvider();
        var catalog = await provider.GetRequiredService<PluginLoader>().LoadAsync(stop);
        Console.Out.WriteLine(catalog.Explain(@event));
        return ExitCodes.Done;
    }

    private static async Task<FlatfileEvent> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return FlatfileEvent.Parse(await File.ReadAllBytesAsync(path, cancellationToken));
        }
        catch (UnreadableEventException fault)
        {
            throw new UserFault($"{path} is not an event.", fault.Message, "Give a file that holds one event as Flatfile sends it.", inner: fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFault($"{path} cannot be read.", fault.Message, "Check the name.", inner: fault);
        }
    }

    /// <summary>Handlers are made to see that they can be; none of them runs, so nobody is called.</summary>
    private sealed class NobodyEndpoint : IFlatfileEndpoint
    {
        public Uri BaseAddress { get; } = new($"http://localhost:{HostSettings.DefaultPort}");

        public string? Token => null;
    }
}
