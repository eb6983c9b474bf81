namespace Flatfile.Api;

/// <summary>What one call wants to be different.</summary>
public sealed record RequestOptions
{
    /// <summary>Makes a repeat of the call harmless, also after a crash; without one the client makes a key for the call and its retries.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Asks for an answer without the rows (<c>Prefer: return=minimal</c>).</summary>
    public bool ReturnMinimal { get; init; }

    /// <summary>Asks for a commit and its event even when no value changes (<c>x-force-hooks</c>).</summary>
    public bool ForceHooks { get; init; }

    /// <summary>Instead of <see cref="FlatfileClientOptions.Timeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Instead of <see cref="FlatfileClientOptions.MaxRetries"/>.</summary>
    public int? MaxRetries { get; init; }
}
