using System.Globalization;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Retention;

/// <summary>What the data retention policies of an environment will remove, and when.</summary>
internal sealed class RetentionEndpoints(RetentionKeeping keeping, Events.EventRelay relay, TimeProvider time) : IEndpoints
{
    private const int UsualDays = 30;
    private const int MostDays = 36_500;

    /// <inheritdoc />
    public void Map(ApiRoutes routes) => routes.Map("dataRetentionPolicies.preview", PreviewAsync);

    private async Task<Answer> PreviewAsync(ApiCall call)
    {
        call.SameEnvironment(call.Query("environmentId"));
        var days = call.Query("days") is not { } text ? UsualDays
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given <= MostDays ? given
            : throw ApiRefusal.Bad("days", $"'days' must be a whole number from 0 to {MostDays}.");
        await relay.DrainAsync(call.Cancelled).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var due = await keeping.DueAsync(call.Caller.EnvironmentId, now.AddDays(days), call.Cancelled).ConfigureAwait(false);
        return Answer.Data(new JsonObject
        {
            ["serverTime"] = Wire.Time(now),
            ["spaces"] = new JsonArray([.. due.Select(d => new JsonObject
            {
                ["spaceId"] = d.SpaceId, ["name"] = d.Name, ["policyId"] = d.Rule.Id, ["expiresAt"] = Wire.Time(d.At),
            })]),
        });
    }
}
