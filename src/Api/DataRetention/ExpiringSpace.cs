namespace Flatfile.Api;

/// <summary>Superset: a space whose data a policy removes.</summary>
public sealed record ExpiringSpace
{
    public required string SpaceId { get; init; }

    public string? Name { get; init; }

    /// <summary>The policy by which it goes first.</summary>
    public required string PolicyId { get; init; }

    /// <summary>Within a minute of this its records and files are gone.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}
