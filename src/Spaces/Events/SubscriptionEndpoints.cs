using System.Text.Json.Nodes;
using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;

namespace Flatfile.Spaces.Events;

/// <summary>Tokens for following one channel in the PubNub dialect.</summary>
internal sealed class SubscriptionEndpoints(SignedToken tokens, SpacesOptions options) : IEndpoints
{
    /// <summary>The kind of token a channel is followed with.</summary>
    public const string Kind = "channel";

    /// <summary>What clients send as their key; it opens nothing.</summary>
    public const string SubscribeKey = "sub-c-spaces";

    private static readonly TimeSpan ShortLife = TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("events.getEventToken", TokenAsync);
        routes.Map("environments.getEnvironmentEventToken", EnvironmentTokenAsync);
    }

    /// <summary>Of the space or the environment the scope names.</summary>
    private async Task<Answer> TokenAsync(ApiCall call)
    {
        var scope = call.Query("scope") ?? call.Query("spaceId");
        if (scope?.StartsWith(IdPrefix.Space, StringComparison.Ordinal) != true)
        {
            call.SameEnvironment(scope);
            scope = null;
        }

        if (scope is null)
        {
            call.WholeEnvironment();
        }

        return Answer.Data(Token(call, await EventChannel.OfAsync(call, scope).ConfigureAwait(false)));
    }

    private async Task<Answer> EnvironmentTokenAsync(ApiCall call)
    {
        call.SameEnvironment(call.Query("environmentId") ?? throw ApiRefusal.Bad("environmentId", "'environmentId' names the environment to follow."));
        return Answer.Data(Token(call, await EventChannel.OfAsync(call, null).ConfigureAwait(false)));
    }

    private JsonObject Token(ApiCall call, EventChannel channel)
    {
        // Who sees single spaces may lose them; its token is soon looked at anew.
        var life = call.Caller.SeesEnvironment || options.ChannelTokenLife < ShortLife ? options.ChannelTokenLife : ShortLife;
        return new JsonObject
        {
            ["accountId"] = call.Caller.AccountId,
            ["subscribeKey"] = SubscribeKey,
            ["ttl"] = (int)Math.Ceiling(life.TotalMinutes),
            ["token"] = tokens.Issue(Kind, $"{channel.EnvironmentId}/{channel.Name}/{call.Caller.ActorId}", life),
        };
    }
}
