using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Importing;
using Flatfile.Agent.Host.Wiring;
using Flatfile.Api;

namespace Flatfile.Agent.Host.Serving;

/// <summary>The Flatfile a command looks at: the one named, the server that runs over the data folder, or the one the settings name. None is started.</summary>
internal static class LiveFlatfile
{
    /// <summary>A client, with the address for messages.</summary>
    /// <exception cref="UserFault">There is none.</exception>
    public static async Task<(FlatfileClient Client, string Url)> OpenAsync(ServerChoice choice, CancellationToken stop)
    {
        if (choice.Url is not null)
        {
            var target = await ImportTarget.ChooseAsync(choice, TimeProvider.System, stop);
            return (target.Client, target.Url);
        }

        var (url, key) = Find(choice.Settings) ?? throw new UserFault(
            $"No server runs over the data folder {choice.Settings.DataFolder}, and the settings name no Flatfile elsewhere.",
            "This command looks at one that runs.",
            $"Start ./agent, or name a server with {choice.Option} URL.");
        return (new FlatfileClient(new FlatfileClientOptions { BaseAddress = new Uri(url), Token = key }), url);
    }

    /// <summary>Address and key, or null when nothing runs here and nothing is named.</summary>
    public static (string Url, string? Key)? Find(HostSettings settings)
    {
        if (DataFolder.ReadAddress(settings.DataFolder) is { HasSpaces: true } here && DevelopmentKey.Read(settings.DataFolder) is { } key)
        {
            return (here.Url, key);
        }

        return SettingsWiring.FlatfileElsewhere(settings.Configuration, settings.Port ?? HostSettings.DefaultPort) is { } elsewhere
            ? (elsewhere, settings.Configuration["Agent:Flatfile:ApiKey"])
            : null;
    }
}
