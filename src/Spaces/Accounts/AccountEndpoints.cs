using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Accounts;

/// <summary>The account, and lists that are empty in a local Flatfile.</summary>
internal sealed class AccountEndpoints(CentralStore central) : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("accounts.getCurrent", async call =>
            Answer.Data(await central.ReadAsync(Account.Read, call.Cancelled).ConfigureAwait(false)));
        routes.Map("entitlements.list", _ => Task.FromResult(Answer.List(Array.Empty<JsonNode>())));
        routes.Map("agents.list", call => Task.FromResult(Answer.List(Array.Empty<JsonNode>(), PageQuery.Read(call, 20), 0)));
    }
}
