namespace Flow.Tests.Durability;

/// <summary>One request. Repeated as it is, with the same key, it must have its effect once.</summary>
internal sealed record Call(string Method, string Path, string? Body = null)
{
    public string Key { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Makes the form of an upload anew for every attempt.</summary>
    public Func<HttpContent>? Upload { get; init; }

    /// <summary>A repeated deletion may find nothing.</summary>
    public bool MayBeGone { get; init; }
}
