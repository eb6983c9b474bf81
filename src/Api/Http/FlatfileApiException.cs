using System.Net;

namespace Flatfile.Api;

/// <summary>A call that did not succeed: what was asked, what came back, what to do.</summary>
public sealed class FlatfileApiException : Exception
{
    internal FlatfileApiException(string code, HttpStatusCode? status, string method, string path, string message, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
        Status = status;
        Method = method;
        Path = path;
    }

    /// <summary>Null when there was no answer.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>One of <see cref="FlatfileErrorCode"/>.</summary>
    public string Code { get; }

    /// <summary>The faults the server named; may be empty.</summary>
    public IReadOnlyList<ErrorItem> Errors { get; internal init; } = [];

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The path without its query.</summary>
    public string Path { get; }

    /// <summary>What the server asked to wait, uncapped; null when it did not.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>How many attempts were made.</summary>
    public int Attempts { get; internal set; } = 1;

    /// <summary>True when the same call may succeed later: no answer, 408, 429 or 5xx other than 501.</summary>
    public bool IsTransient => Code is FlatfileErrorCode.Unreachable or FlatfileErrorCode.RateLimited or FlatfileErrorCode.ServerError;
}
