namespace Flatfile.Spaces;

/// <summary>A message that brings somebody a link to sign in with. The link is good once, or for as long as its space admits guests; keep it out of logs.</summary>
public sealed record Invitation
{
    /// <summary>The address.</summary>
    public required string To { get; init; }

    /// <summary>Whom it greets; empty when the name is not known.</summary>
    public string Name { get; init; } = "";

    /// <summary>Who invites; empty when the request did not say.</summary>
    public string FromName { get; init; } = "";

    /// <summary>What the inviting person wrote; plain text from a client.</summary>
    public string Message { get; init; } = "";

    /// <summary>The space; empty when the invitation is to the account.</summary>
    public string SpaceName { get; init; } = "";

    /// <summary>Where to go.</summary>
    public required Uri Link { get; init; }

    /// <summary>When the link ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
