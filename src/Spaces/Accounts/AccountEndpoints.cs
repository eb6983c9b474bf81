using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Accounts;

/// <summary><c>/accounts/current</c>.</summary>
internal sealed class AccountEndpoints(CentralStore central) : IEndpoints
{
    private const int Longest = 200;

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("accounts.getCurrent", async call =>
            Answer.Data(await central.ReadAsync(Account.Read, call.Cancelled).ConfigureAwait(false)));
        routes.Map("accounts.updateCurrent", UpdateAsync);
    }

    private static async Task<Answer> UpdateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        if (given["name"] is not null && given.Text("name") is not { Length: > 0 and <= Longest })
        {
            throw ApiRefusal.Bad("name", $"'name' is a text of 1 to {Longest} characters.");
        }

        if (given["defaultAppId"] is not null && given.Text("defaultAppId") is null)
        {
            throw ApiRefusal.Bad("defaultAppId", "'defaultAppId' is the id of an app.");
        }

        return await call.WriteCentralAsync(change =>
        {
            var body = Account.Read(change.Connection);
            foreach (var member in (string[])["name", "defaultAppId"])
            {
                if (given.Text(member) is { } value)
                {
                    body[member] = value;
                }
            }

            body["updatedAt"] = change.NowText;
            change.Connection.Execute("UPDATE account SET body = $body", ("$body", Wire.Text(body)));
            return Answer.Data(body);
        }).ConfigureAwait(false);
    }
}
