using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;

namespace Flatfile.Spaces.Auth.Guests;

/// <summary>How much of a guest a caller sees: who does not see the environment sees a guest as far as they share spaces.</summary>
/// <param name="Whole">Whether that is all of it.</param>
/// <param name="Numbers">The spaces seen.</param>
internal sealed record Visible(bool Whole, IReadOnlyList<long> Numbers)
{
    /// <summary>Whether the caller sees the guest at all; 403 where they share spaces and the role in none of them is enough.</summary>
    public static async Task<bool> IsAsync(ApiCall call, JsonObject guest)
    {
        if (call.Caller.SeesEnvironment)
        {
            return await call.ReachesAsync(guest.Text("environmentId")!, null).ConfigureAwait(false);
        }

        ApiRefusal? tooLow = null;
        foreach (var space in SpacesOf(guest))
        {
            try
            {
                if (await call.EnterAsync(space).ConfigureAwait(false) is not null)
                {
                    return true;
                }
            }
            catch (ApiRefusal refusal) when (refusal.Status == 403)
            {
                tooLow = refusal;
            }
        }

        return tooLow is null ? false : throw tooLow;
    }

    /// <summary>Leaves in the guest's body only the spaces the caller manages, and says which.</summary>
    public static async Task<Visible> OnlyAsync(ApiCall call, JsonObject guest)
    {
        var all = SpacesOf(guest);
        if (call.Caller.SeesEnvironment)
        {
            return new Visible(true, all);
        }

        var seen = new List<long>();
        foreach (var space in all)
        {
            if (await EntersAsync(call, space).ConfigureAwait(false))
            {
                seen.Add(space);
            }
        }

        Keep(guest, seen);
        return new Visible(seen.Count == all.Count, seen);
    }

    /// <summary>Leaves only these spaces in a guest's body.</summary>
    public static void Keep(JsonObject guest, IReadOnlyList<long> spaces) =>
        guest["spaces"] = new JsonArray([.. (guest["spaces"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(space => ResourceId.TryParse(IdPrefix.Space, space.Text("id"), out var id) && spaces.Contains(id.Space)).Select(space => space.DeepClone())]);

    private static List<long> SpacesOf(JsonObject guest) =>
        [.. (guest["spaces"] as JsonArray ?? []).OfType<JsonObject>().Select(space => ResourceId.TryParse(IdPrefix.Space, space.Text("id"), out var id) ? id.Space : 0)];

    private static async Task<bool> EntersAsync(ApiCall call, long space)
    {
        try
        {
            return await call.EnterAsync(space).ConfigureAwait(false) is not null;
        }
        catch (ApiRefusal refusal) when (refusal.Status == 403)
        {
            return false;
        }
    }
}
