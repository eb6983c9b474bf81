using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Auth.Guests;
using Flatfile.Spaces.Documents;
using Flatfile.Spaces.Environments;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Flatfile.Spaces.Workbooks;

namespace Flatfile.Spaces.Spaces;

/// <summary><c>/internal/spaces/init</c>: a web page with a publishable key gets a space of its own and a guest's token for it.</summary>
internal sealed class EmbeddingEndpoints(
    CentralStore central, KeyRing ring, Attempts attempts, SpaceCreation creation, SpaceLinks links, AccessTokens tokens, GuestNotices notices, GuestTokens guestTokens,
    SpacesOptions options) : IEndpoints
{
    private const int Longest = 200;

    /// <inheritdoc />
    public void Map(ApiRoutes routes) => routes.Map("spaces.init", InitAsync);

    /// <summary>The key stands in the query, so only one that is meant to be seen is taken there.</summary>
    private async Task<Answer> InitAsync(ApiCall call)
    {
        attempts.Call(call.Http);
        if (call.Query("publishableKey") is not { } key || ring.Find(key) is not { IsPublishable: true } known)
        {
            throw new ApiRefusal(401, new ApiFault("publishableKey", "This call needs a publishable key that is valid here, as 'publishableKey' in the query."));
        }

        call.ActAs(tokens.Of(known));
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        if (given["space"] is not JsonObject space)
        {
            throw ApiRefusal.Bad("space", "The body is {space, workbook?, document?, externalActorId?}; 'space' says what to create.");
        }

        space = (JsonObject)space.DeepClone();
        if (given["workbook"] is JsonObject workbook)
        {
            space["workbook"] = workbook.DeepClone();
        }

        if (given["document"] is JsonObject document)
        {
            space["document"] = document.DeepClone();
        }

        ApiCall.Typed(space, FlatfileJson.Default.SpaceConfig);
        Authorization.CheckLimits(call.Caller, space);
        call.SameEnvironment(space.Text("environmentId"));
        await SpaceApp.LinkAsync(central, call, call.Caller.EnvironmentId, space).ConfigureAwait(false);
        await SpaceUsers.LinkAsync(central, call, space).ConfigureAwait(false);
        var created = Wire.Parse((await creation.CreateAsync(call, space).ConfigureAwait(false)).Body.Span);
        return await WelcomeAsync(call, (JsonObject)created["data"]!.DeepClone(), given).ConfigureAwait(false);
    }

    /// <summary>The guest this page's visitor is, the space's content, and what else the page's library reads.</summary>
    private async Task<Answer> WelcomeAsync(ApiCall call, JsonObject space, JsonObject given)
    {
        ResourceId.TryParse(IdPrefix.Space, space.Text("id"), out var id);
        var folder = await call.Registry.GetAsync(id.Space, call.Cancelled).ConfigureAwait(false);
        var actor = await ActorAsync(folder, space, given.Text("externalActorId"), call.Cancelled).ConfigureAwait(false);
        links.Fit(space, call);
        space["accessToken"] = await guestTokens.IssueAsync(actor.Text("id")!, folder, options.SpaceTokenLife, call.Cancelled).ConfigureAwait(false);
        var (workbooks, documents) = await call.ReadAsync(folder, read => (
            ResourceTable.Workbooks.List(read.Connection).Select(one => WorkbookStore.View(read, one, sheets: true, counts: false)).ToList(),
            ResourceTable.Documents.List(read.Connection).ToList())).ConfigureAwait(false);
        var environment = await central.ReadAsync(connection => EnvironmentStore.Find(connection, folder.EnvironmentId) ?? [], call.Cancelled).ConfigureAwait(false);
        environment["hasAccess"] = true;
        return Answer.Data(new JsonObject
        {
            ["space"] = space,
            ["workbooks"] = new JsonArray([.. workbooks]),
            ["documents"] = new JsonArray([.. documents]),
            ["actor"] = actor,
            ["entitlements"] = new JsonArray(),
            ["environment"] = environment,
        });
    }

    /// <summary>A temporary guest each time: who the page says the visitor is proves nothing about guests of other spaces.</summary>
    private async Task<JsonObject> ActorAsync(SpaceFolder space, JsonObject body, string? externalId, CancellationToken cancellationToken)
    {
        var visitor = body["metadata"] is JsonObject metadata ? metadata["userInfo"] as JsonObject ?? [] : [];
        EmailAddress.TryRead(visitor.Text("email")?.Trim(), out var email);
        var name = visitor.Text("name") is { Length: > 0 and <= Longest } said ? said : "Guest";
        var actor = await central.WriteAsync(space.EnvironmentId, central.AccountId, change =>
        {
            var guest = GuestStore.Add(change, space.EnvironmentId, email ?? "", name, change.Now + options.TemporaryGuestLife);
            if (externalId is { Length: > 0 and <= Longest })
            {
                guest["externalActorId"] = externalId;
                GuestStore.Store(change, guest);
            }

            GuestStore.Join(change, guest.Text("id")!, space.Number);
            return GuestStore.Find(change.Connection, guest.Text("id"), change.Now)!;
        }, cancellationToken).ConfigureAwait(false);
        await notices.DeliverAsync(CancellationToken.None).ConfigureAwait(false);
        return actor;
    }
}
