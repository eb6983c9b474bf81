namespace Flatfile.Spaces.Jobs;

/// <summary>What the index knows of a job; without a time of creation: that it is gone.</summary>
internal sealed record JobKey(long Number, string? CreatedAt, string? Parent, string? File, string? Source, string? Destination);
