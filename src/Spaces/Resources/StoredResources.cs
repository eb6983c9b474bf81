using System.Text.Json.Nodes;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Shapes;

namespace Flatfile.Spaces.Resources;

/// <summary>Every resource that is no more than its stored body, described. What one of them has beyond that stands in a class of its own.</summary>
internal static partial class StoredResources
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<StoredResource> All { get; } =
    [
        Apps, Policies, Prompts, CanvasAreas, Onboardings, Datapoints, Runbooks, Routines, Guides, Programs, MappingRules,
        Actions, Flags, Threads, Messages, Guidance, DataClips,
    ];

    private static Task<IReadOnlyList<Place>> InEnvironment(Places places, ApiCall call) =>
        Task.FromResult<IReadOnlyList<Place>>([places.Environment(call)]);

    private static async Task<IReadOnlyList<Place>> Single(Task<Place> place) => [await place.ConfigureAwait(false)];

    private static Func<Stock, JsonObject, string, NewEvent?> News(string topic, string domain, string member, params string[] more) => (_, body, what) =>
    {
        var context = new JsonObject { [member] = body.Text("id") };
        foreach (var name in more)
        {
            context[name] = body.Text(name);
        }

        return new NewEvent($"{topic}:{what}", domain) { Context = context, Origin = new JsonObject { ["id"] = body.Text("id") } };
    };

    private static void Default(JsonObject body, string member, JsonNode value)
    {
        if (body[member] is null)
        {
            body[member] = value;
        }
    }
}
