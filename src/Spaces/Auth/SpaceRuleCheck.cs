using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Auth;

/// <summary>Checks what a client says of guests before it is stored: a rule nobody can read would keep everybody out, or let everybody in.</summary>
internal static class SpaceRuleCheck
{
    private static readonly string[] Methods = ["shared_link", "magic_link"];
    private static readonly string[] Switches = ["requireEmail", "allowDownload", "showProgressBar"];

    /// <summary>400 with everything that does not fit.</summary>
    public static void Check(JsonObject given)
    {
        var faults = new List<ApiFault>();
        Each(given, "allowedDomains", one => EmailAddress.TryReadDomain(one, out _), "names a domain such as @customer.com; patterns and parts of names are not taken", faults);
        Each(given, "guestAuthentication", one => Methods.Contains(one), $"is one of {string.Join(", ", Methods)}", faults);
        if (given["guestAccess"] is { } access && !(access is JsonValue flag && flag.TryGetValue<bool>(out _)))
        {
            faults.Add(new ApiFault("guestAccess", "'guestAccess' is true or false."));
        }

        if (given["guestRole"] is not null && given.Text("guestRole") is not ("viewer" or "editor"))
        {
            faults.Add(new ApiFault("guestRole", "'guestRole' is viewer or editor; who is to do more is added to 'users'."));
        }

        if (given["guestSettings"] is { } settings and not JsonObject)
        {
            faults.Add(new ApiFault("guestSettings", "'guestSettings' is an object."));
        }

        foreach (var name in Switches)
        {
            if (given["guestSettings"] is JsonObject values && values[name] is { } value && !(value is JsonValue one && one.TryGetValue<bool>(out _)))
            {
                faults.Add(new ApiFault($"guestSettings.{name}", $"'{name}' is true or false."));
            }
        }

        if (faults.Count > 0)
        {
            throw new ApiRefusal(400, faults);
        }
    }

    private static void Each(JsonObject given, string member, Func<string, bool> fits, string rule, List<ApiFault> faults)
    {
        if (given[member] is null)
        {
            return;
        }

        if (given[member] is not JsonArray list)
        {
            faults.Add(new ApiFault(member, $"'{member}' is a list of texts."));
            return;
        }

        for (var i = 0; i < list.Count; i++)
        {
            if (!(list[i] is JsonValue value && value.TryGetValue<string>(out var text) && fits(text)))
            {
                faults.Add(new ApiFault($"{member}[{i}]", $"'{member}[{i}]' {rule}."));
            }
        }
    }
}
