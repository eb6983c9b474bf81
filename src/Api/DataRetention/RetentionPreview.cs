namespace Flatfile.Api;

/// <summary>Superset: what the data retention policies will remove.</summary>
public sealed record RetentionPreview
{
    /// <summary>The server's clock, by which the policies are kept.</summary>
    public DateTimeOffset ServerTime { get; init; }

    /// <summary>The spaces, the earliest first.</summary>
    public IReadOnlyList<ExpiringSpace> Spaces { get; set => field = value ?? []; } = [];
}
