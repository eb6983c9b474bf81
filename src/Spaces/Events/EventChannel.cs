using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;

namespace Flatfile.Spaces.Events;

/// <summary>What a reader of the log wants and may see: an environment or one space of it, and of that some topics or a domain.</summary>
/// <param name="EnvironmentId">Null for users, whose spaces may lie in any.</param>
/// <param name="Space">The one space.</param>
internal sealed record EventChannel(string? EnvironmentId, long? Space)
{
    private const int MostTopics = 50;

    /// <summary>The spaces a caller sees that does not see its whole environment; null for others.</summary>
    public IReadOnlyList<long>? Own { get; init; }

    /// <summary>Exact topics; all when there are none.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    public string? Domain { get; init; }

    /// <summary>Whether it is a guest's, who does not learn who else is there.</summary>
    public bool IsGuests { get; init; }

    /// <summary>Topics whose events say who came.</summary>
    public const string HiddenFromGuests = Api.Topics.SpaceAccessed;

    /// <summary>How the PubNub dialect calls it: <c>environment.us_env_…</c> or <c>space.us_sp_…</c>.</summary>
    public string Name => Space is { } space ? $"space.{Storage.DataFolder.SpaceId(space)}" : $"environment.{EnvironmentId}";

    /// <summary>The channel a call asks for; spaces and environments the caller cannot see are a 404.</summary>
    public static async Task<EventChannel> OfAsync(ApiCall call)
    {
        call.SameEnvironment(call.Query("environmentId"));
        var topics = call.QueryAll("topic").SelectMany(topic => topic.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct().ToList();
        if (topics.Count > MostTopics)
        {
            throw ApiRefusal.Bad("topic", $"'topic' names {topics.Count} topics, at most {MostTopics} are taken. Leave it out for all.");
        }

        return await OfAsync(call, call.Query("spaceId")).ConfigureAwait(false) with
        {
            Topics = topics, Domain = call.Query("domain"), IsGuests = call.Caller.Kind == Auth.PrincipalKind.Guest,
        };
    }

    /// <summary>The channel of a space, or of the caller's environment where none is named.</summary>
    public static async Task<EventChannel> OfAsync(ApiCall call, string? spaceId)
    {
        if (spaceId is null)
        {
            return new EventChannel(call.Caller.EnvironmentId is { Length: > 0 } environment ? environment : null, null)
            {
                Own = await call.OwnSpacesAsync().ConfigureAwait(false),
            };
        }

        var space = await call.SpaceAsync(spaceId).ConfigureAwait(false);
        return new EventChannel(space.EnvironmentId, space.Number);
    }
}
