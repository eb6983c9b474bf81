namespace Kill.Platform;

/// <summary>One call of an agent, as Flatfile saw it.</summary>
/// <param name="Begun">When it came, in ticks of one clock that never jumps.</param>
/// <param name="Answered">When Flatfile had answered, in the same ticks.</param>
/// <param name="Incarnation">The life of the agent that called.</param>
/// <param name="Method">Such as <c>POST</c>.</param>
/// <param name="Path">Without the query.</param>
/// <param name="Status">The answer.</param>
/// <param name="JobId">The job it was made for, by its fence, its path or its idempotency key; null when by none.</param>
/// <param name="Fence">The number of the run that it carried, or null.</param>
/// <param name="Info">The <c>info</c> of an acknowledgement.</param>
/// <param name="Progress">The <c>progress</c> of an acknowledgement.</param>
/// <param name="Key">Its idempotency key, or null.</param>
internal sealed record PlatformCall(
    long Begun, long Answered, string Incarnation, string Method, string Path, int Status, string? JobId, long? Fence, string? Info, double? Progress,
    string? Key = null)
{
    /// <summary>It changed something.</summary>
    public bool IsAcceptedChange => Method is not ("GET" or "HEAD") && Status is >= 200 and < 300;

    /// <summary>It tells how its job ended.</summary>
    public bool IsEnd => Path.EndsWith("/complete", StringComparison.Ordinal) || Path.EndsWith("/fail", StringComparison.Ordinal);

    /// <summary>It says that a run of its job begins.</summary>
    public bool IsBegin => Path.EndsWith("/ack", StringComparison.Ordinal)
        && (Info?.StartsWith("Accepted", StringComparison.Ordinal) == true || Info?.StartsWith("Resumed", StringComparison.Ordinal) == true);
}
