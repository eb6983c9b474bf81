using System.Text.Json.Nodes;
using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Auth.Invitations;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Operations;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Resources;

namespace Flatfile.Spaces.Spaces;

/// <summary>Fits a space's answer to who reads it: tokens and links for those who may hand them on, no members for guests. Never stored.</summary>
internal sealed class SpaceLinks(InvitationLinks links, AccessTokens tokens, SpacesOptions options)
{
    /// <summary>The answer with one space, for its reader: guides read it at the top, clients under <c>data</c>.</summary>
    public Answer Fit(Answer answer, ApiCall call)
    {
        var body = Wire.Parse(answer.Body.Span);
        return body["data"] is JsonObject space ? Answers.Both(Fit(space, call)) : Answer.Data(body.Copy("data"));
    }

    /// <summary>The space, for its reader.</summary>
    public JsonObject Fit(JsonObject space, ApiCall call)
    {
        space.Remove("guestLink");
        space.Remove("accessToken");
        if (call.Caller.Kind == PrincipalKind.Guest)
        {
            space.Remove("users");
        }

        if (!ResourceId.TryParse(IdPrefix.Space, space.Text("id"), out var id) || !HandsOn(call, id.Space))
        {
            return space;
        }

        var rules = SpaceRules.Of(space);
        if (rules.AdmitsGuests)
        {
            space["guestLink"] = (rules.SharedLink ? links.Shared(space.Text("id")!) : links.Plain(space.Text("id")!)).AbsoluteUri;
        }

        if (rules.Refuses("") is null)
        {
            space["accessToken"] = tokens.OfSpace(id.Space, options.SpaceTokenLife);
        }

        return space;
    }

    /// <summary>A publishable key only ever sees the space it has just created.</summary>
    private static bool HandsOn(ApiCall call, long space) =>
        call.Caller.SeesEnvironment || call.Caller.Kind == PrincipalKind.Publishable || call.RoleIn(space) >= Right.Admin;
}
