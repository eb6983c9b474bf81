namespace Flatfile.Api;

/// <summary>Stable names of what can go wrong with a call.</summary>
public static class FlatfileErrorCode
{
    public const string Validation = "validation";

    public const string Unauthorized = "unauthorized";

    public const string Forbidden = "forbidden";

    public const string NotFound = "not_found";

    public const string Conflict = "conflict";

    public const string TooLarge = "too_large";

    public const string RateLimited = "rate_limited";

    public const string NotImplemented = "not_implemented";

    /// <summary>Any other 4xx.</summary>
    public const string Refused = "refused";

    public const string ServerError = "server_error";

    /// <summary>No answer: no connection, a broken one, or none within the time limit.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>An answer that is not what the API promises.</summary>
    public const string BadAnswer = "bad_answer";
}
