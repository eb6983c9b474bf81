using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Operations;

namespace Flatfile.Spaces.Auth;

/// <summary>What a space says about who may be in it, as it stands in the space's body.</summary>
internal sealed class SpaceRules
{
    private readonly Dictionary<string, Right> _members;
    private readonly IReadOnlyList<string> _domains;

    private SpaceRules(JsonObject body)
    {
        _members = (body["users"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(user => EmailAddress.TryRead(user.Text("email"), out _) && RoleOf(user.Text("role")) is not null)
            .GroupBy(user => EmailAddress.TryRead(user.Text("email"), out var email) ? email : "", StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Max(user => RoleOf(user.Text("role"))!.Value), StringComparer.Ordinal);
        var methods = (body["guestAuthentication"] as JsonArray ?? []).OfType<JsonValue>().Select(method => method.ToString()).ToHashSet(StringComparer.Ordinal);
        SharedLink = methods.Contains("shared_link");
        MagicLink = methods.Contains("magic_link");

        // A rule nobody can read keeps everybody out, rather than nobody.
        _domains = [.. (body["allowedDomains"] as JsonArray ?? []).Select(one => EmailAddress.TryReadDomain(one?.ToString(), out var domain) ? domain : "")];
        GuestRole = RoleOf(body.Text("guestRole")) is Right.Viewer ? Right.Viewer : Right.Editor;
        var settings = body["guestSettings"] as JsonObject ?? [];
        RequiresEmail = settings.Flag("requireEmail");
        AllowsDownload = settings["allowDownload"] is not JsonValue allowed || !allowed.TryGetValue<bool>(out var download) || download;
    }

    /// <summary>Whether anybody with the link gets in.</summary>
    public bool SharedLink { get; }

    /// <summary>Whether links by mail get in.</summary>
    public bool MagicLink { get; }

    /// <summary>Whether there are guests at all.</summary>
    public bool AdmitsGuests => SharedLink || MagicLink;

    /// <summary>Whether only guests of some domains come in.</summary>
    public bool HasDomains => _domains.Count > 0;

    /// <summary>What guests may do who were given no role of their own.</summary>
    public Right GuestRole { get; }

    /// <summary>No guest without an address.</summary>
    public bool RequiresEmail { get; }

    /// <summary>Whether guests may take data away as files.</summary>
    public bool AllowsDownload { get; }

    /// <summary>Reads the rules out of a space's body.</summary>
    public static SpaceRules Of(JsonObject space) => new(space);

    /// <summary>A role by its name, or null.</summary>
    public static Right? RoleOf(string? name) => name switch
    {
        "owner" => Right.Owner,
        "admin" => Right.Admin,
        "editor" => Right.Editor,
        "viewer" => Right.Viewer,
        _ => null,
    };

    /// <summary>The addresses of the members, in lower case.</summary>
    public IReadOnlyCollection<string> Members => _members.Keys;

    /// <summary>The role of a member, or null.</summary>
    public Right? MemberRole(string email) => _members.TryGetValue(email, out var role) ? role : null;

    /// <summary>Why a guest with this address (empty: none) may not be in the space; null when it may.</summary>
    public string? Refuses(string email) =>
        !AdmitsGuests ? "This space admits no guests."
        : email.Length == 0 && (RequiresEmail || HasDomains) ? "This space admits no guest without an email address."
        : email.Length > 0 && HasDomains && !_domains.Contains(EmailAddress.DomainOf(email), StringComparer.OrdinalIgnoreCase)
            ? "This space admits guests of some domains only, and yours is not among them."
        : null;
}
