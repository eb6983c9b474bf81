namespace Flatfile.Spaces.Http;

/// <summary>A request that cannot be done. Thrown anywhere, also inside a write, which then leaves no trace; becomes the error body.</summary>
internal class ApiRefusal(int status, params IReadOnlyList<ApiFault> faults)
    : Exception(faults.Count > 0 ? faults[0].Message : "")
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>For 429: after how many seconds to try again.</summary>
    public long? RetryAfter { get; init; }

    /// <summary>All faults found.</summary>
    public IReadOnlyList<ApiFault> Faults { get; } = faults;

    /// <summary>400.</summary>
    public static ApiRefusal Bad(string? key, string message) => new(400, new ApiFault(key, message));

    /// <summary>404. Things of other environments get the same answer as things that never were.</summary>
    public static ApiRefusal NotFound(string noun, string? id) =>
        new(404, new ApiFault(null, $"There is no {noun} '{Short(id)}' that this key can see."));

    /// <summary>409.</summary>
    public static ApiRefusal Conflict(string? key, string message) => new(409, new ApiFault(key, message));

    /// <summary>501: known, and not built.</summary>
    public static ApiRefusal NotBuilt(string what) => new(501, new ApiFault(null, $"{what} is part of Flatfile's API and not built in this server."));

    private static string Short(string? id) => id is null ? "" : id.Length <= 64 ? id : id[..64] + "…";
}
