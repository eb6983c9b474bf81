using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Resources;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Spaces;

/// <summary>The app a space belongs to. A space without a namespace has that of its app, which is kept with the space: events are written without a look elsewhere.</summary>
internal static class SpaceApp
{
    private const string Inherited = "appNamespace";

    /// <summary>Puts the app's namespace beside the app a client names. One a client sends itself does not count.</summary>
    public static async Task LinkAsync(CentralStore central, ApiCall call, string environmentId, JsonObject given)
    {
        given.Remove(Inherited);
        if (given.ContainsKey("appId"))
        {
            var app = given.Text("appId") is { Length: > 0 } id
                ? await central.ReadAsync(connection => Kinds.Apps.Central!.Find(connection, environmentId, id), call.Cancelled).ConfigureAwait(false)
                : null;
            given[Inherited] = app?.Text("namespace");
        }
    }

    /// <summary>The namespace events of a space carry and lists find it by.</summary>
    public static string? Namespace(JsonObject space) => space.Text("namespace") is { Length: > 0 } own ? own : space.Text(Inherited);
}
