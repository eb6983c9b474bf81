namespace Flatfile.Agent.Core.Recording;

/// <summary>One call of a recorded run with its answer.</summary>
public sealed class RecordedCall
{
    /// <summary>1 for the first.</summary>
    public required int Number { get; init; }

    /// <summary>Such as <c>GET</c>.</summary>
    public required string Method { get; init; }

    /// <summary>From <c>v1/</c> on, with the query.</summary>
    public required string Path { get; init; }

    /// <summary>Milliseconds since the run began.</summary>
    public double At { get; init; }

    /// <summary>What was sent; null when nothing was.</summary>
    public RecordedBody? Sent { get; init; }

    /// <summary>The answer's status; null when there was none.</summary>
    public int? Status { get; init; }

    /// <summary>The answer's headers that matter.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Why there was no answer.</summary>
    public string? Fault { get; init; }

    /// <summary>The answer's body, as far as it was kept.</summary>
    public byte[] Body => Pieces.ToArray();

    /// <summary>True when the recording's limit cut the body off, or a secret could not be told from the rest.</summary>
    public bool IsCut { get; internal set; }

    /// <summary>True when the handler did not read the body to its end.</summary>
    public bool IsPartly { get; internal set; }

    /// <summary>True when it may change something.</summary>
    public bool IsWrite => Method is not ("GET" or "HEAD");

    internal MemoryStream Pieces { get; } = new();
}
