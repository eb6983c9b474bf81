using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;

namespace Flatfile.Spaces.Auth.Guests;

/// <summary>What a client wants of a guest; null members were not given.</summary>
internal sealed record GuestPlan(string? EnvironmentId, string? Email, string? Name, IReadOnlyList<string>? Spaces, DateTimeOffset? Expires)
{
    private const int Longest = 200;

    /// <summary>The numbers in the ids of the spaces. Ids that are none were refused before.</summary>
    public List<long> Numbers => [.. (Spaces ?? []).Select(text => ResourceId.TryParse(IdPrefix.Space, text, out var id) ? id.Space : 0).Distinct()];

    /// <summary>Reads and checks a body; all faults are added to the list, and null is answered when there are any.</summary>
    public static GuestPlan? Read(JsonObject? given, string place, bool whole, SpacesOptions options, DateTimeOffset now, List<ApiFault> faults)
    {
        var before = faults.Count;
        var prefix = place.Length == 0 ? "" : place + ".";
        if (given is null)
        {
            faults.Add(new ApiFault(place, "A guest is an object."));
            return null;
        }

        var email = given.Text("email")?.Trim();
        string? address = null;
        if ((email is not null || whole) && !EmailAddress.TryRead(email, out address))
        {
            faults.Add(new ApiFault(prefix + "email", "A guest needs an 'email', such as jane@example.com."));
        }

        var name = given.Text("name");
        if (name is { Length: 0 or > Longest } || (name is null && whole))
        {
            faults.Add(new ApiFault(prefix + "name", $"A guest needs a 'name' of 1 to {Longest} characters."));
        }

        var spaces = Places(given, prefix, faults) ?? (whole ? [] : null);
        DateTimeOffset? expires = given.Flag("temporary") ? now + options.TemporaryGuestLife : null;
        if (given.Text("expiresAt") is { } end)
        {
            if (!DateTimeOffset.TryParse(end, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time) || time <= now)
            {
                faults.Add(new ApiFault(prefix + "expiresAt", "'expiresAt' is a time to come, such as 2030-05-01T10:00:00.000Z."));
            }

            expires = time;
        }

        return faults.Count > before ? null : new GuestPlan(given.Text("environmentId"), address, name, spaces, expires);
    }

    private static List<string>? Places(JsonObject given, string prefix, List<ApiFault> faults)
    {
        if (given["spaces"] is not JsonArray spaces)
        {
            return null;
        }

        var ids = new List<string>();
        for (var i = 0; i < spaces.Count; i++)
        {
            if ((spaces[i] as JsonObject)?.Text("id") is not { } id)
            {
                faults.Add(new ApiFault($"{prefix}spaces[{i}].id", $"{prefix}spaces[{i}] needs the 'id' of a space."));
                continue;
            }

            if (spaces[i]!["workbooks"] is JsonArray { Count: > 0 } || spaces[i]!["sheets"] is JsonArray { Count: > 0 })
            {
                throw ApiRefusal.NotBuilt("Narrowing a guest to some workbooks or sheets of a space");
            }

            ids.Add(id);
        }

        return ids;
    }
}
