using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Importing;
using Flatfile.Agent.Host.Operating;
using Flatfile.Agent.Host.Serving;
using Flatfile.Agent.Host.Wiring;

namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>The desk a command works at: of the agent elsewhere, of the one that runs over the data folder, or the store itself while none runs.</summary>
internal sealed class ChosenDesk : IAsyncDisposable
{
    private static readonly TimeSpan OtherStarts = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly ServiceProvider? _services;
    private readonly DataFolder? _folder;

    private ChosenDesk(IDeadLetterDesk desk, ServiceProvider? services = null, DataFolder? folder = null)
    {
        Desk = desk;
        _services = services;
        _folder = folder;
    }

    public IDeadLetterDesk Desk { get; }

    /// <param name="choice">Where.</param>
    /// <param name="forecast">True when the handlers are needed to say what would happen.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<ChosenDesk> OpenAsync(ServerChoice choice, bool forecast, TimeProvider time, CancellationToken cancellationToken)
    {
        var settings = choice.Settings;
        if (choice.Url is not null)
        {
            return Elsewhere(choice);
        }

        var services = Services(choice);
        try
        {
            var shared = services.GetRequiredService<AgentStore>().IsShared;
            if (!Directory.Exists(settings.DataFolder) && !shared)
            {
                throw new UserFault($"There is no data folder {settings.DataFolder}.", "No agent ever ran there.", "Name its folder with --data DIR, or an agent elsewhere with --url URL --key KEY.");
            }

            var still = new Stillness(time);
            while (true)
            {
                if (DataFolder.TryTake(settings.DataFolder) is { } folder)
                {
                    return await OwnAsync(services, folder, shared, forecast, cancellationToken);
                }

                if (DataFolder.ReadAddress(settings.DataFolder) is { } running)
                {
                    await services.DisposeAsync();
                    return new ChosenDesk(new RemoteDesk(new Uri(running.Url), choice.Key ?? OperatorKey.Read(settings.Configuration, settings.DataFolder) ?? throw NoKey(running.Url)));
                }

                if (still.Lasts("", OtherStarts))
                {
                    throw DataFolder.InUse(settings.DataFolder);
                }

                await Task.Delay(Look, time, cancellationToken);
            }
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        (Desk as IDisposable)?.Dispose();
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        _folder?.Dispose();
    }

    private static ServiceProvider Services(ServerChoice choice)
    {
        var services = new ServiceCollection();
        services.AddSingleton(choice.Settings.Configuration);
        services.AddLogging(logging => logging.AddQuietLog(choice.Settings));
        services.AddOwnAgent(choice.Settings.Configuration, choice.Settings.DataFolder, SettingsWiring.FlatfileElsewhere(choice.Settings.Configuration, 0) is null);
        services.AddSingleton<IFlatfileEndpoint>(new NobodyEndpoint());
        return services.BuildServiceProvider();
    }

    private static async Task<ChosenDesk> OwnAsync(ServiceProvider services, DataFolder folder, bool shared, bool forecast, CancellationToken cancellationToken)
    {
        try
        {
            await services.GetRequiredService<AgentStore>().OpenAsync(cancellationToken);
            if (forecast)
            {
                await services.GetRequiredService<PluginLoader>().LoadAsync(cancellationToken);
            }

            var desk = ActivatorUtilities.CreateInstance<LocalDesk>(services);
            return new ChosenDesk(
                desk.OfAStore(shared ? "the shared store" : $"{folder.Path}, where no agent runs", handlersAreKnown: forecast), services, folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private static ChosenDesk Elsewhere(ServerChoice choice)
    {
        if (!Uri.TryCreate(choice.Url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new UserFault(
                $"{choice.Option} {choice.Url}: this is not an address.", "An address names the protocol, the host and perhaps the port.", "Write it in full, such as http://localhost:5080.");
        }

        var key = choice.Key ?? (IsOfThisFolder(choice, address)
            ? OperatorKey.Read(choice.Settings.Configuration, choice.Settings.DataFolder)
            : choice.Settings.Configuration[OperatorKey.Setting]);
        return new ChosenDesk(new RemoteDesk(address, string.IsNullOrEmpty(key) ? throw NoKey(choice.Url) : key));
    }

    /// <summary>The key of this folder goes to the agent of this folder and to nobody else.</summary>
    private static bool IsOfThisFolder(ServerChoice choice, Uri address) =>
        DataFolder.ReadAddress(choice.Settings.DataFolder) is { } here && new Uri(here.Url).Authority == address.Authority;

    private static UserFault NoKey(string url) => new(
        $"The operator's key of the agent at {url} is not known here.", "Its operator's endpoint opens to that key only, and this user cannot read it.",
        $"Give it with --key KEY, or set {OperatorKey.Setting} ({OperatorKey.Setting.Replace(":", "__", StringComparison.Ordinal)} in the environment).");

    /// <summary>No handler runs here, so nobody is called.</summary>
    private sealed class NobodyEndpoint : IFlatfileEndpoint
    {
        public Uri BaseAddress { get; } = new("http://localhost");

        public string? Token => null;
    }
}
