using System.Net;
using System.Reflection;
using Flatfile.Agent.Core.Dispatch.Suspects;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>Tells faults that pass from faults that stay.</summary>
internal static class FaultKinds
{
    /// <summary>Repeating cannot help: the event or the call itself is wrong.</summary>
    public static bool IsPermanent(Exception fault) => fault switch
    {
        JobFailedException or UnreadableEventException or NotSupportedException or NotImplementedException => true,
        SuspectFailedException elsewhere => elsewhere.Fault.IsPermanent,
        TargetInvocationException { InnerException: { } inner } => IsPermanent(inner),
        AggregateException { InnerExceptions.Count: 1 } many => IsPermanent(many.InnerExceptions[0]),
        _ => StatusOf(fault) is { } status && IsPermanent(status),
    };

    /// <summary>The source did not answer, or asked to come again.</summary>
    public static bool IsOutage(Exception fault) => fault switch
    {
        HttpRequestException { StatusCode: null } or FlatfileApiException { IsTransient: true } or TimeoutException or IOException or OperationCanceledException => true,
        _ => StatusOf(fault) is { } status && (int)status is >= 500 or 408 or 425 or 429,
    };

    /// <summary>The other side asks for fewer calls: nothing is wrong with the work, so no try is counted.</summary>
    public static bool IsRateLimit(Exception fault) => fault switch
    {
        SuspectFailedException => false,
        TargetInvocationException { InnerException: { } inner } => IsRateLimit(inner),
        AggregateException { InnerExceptions.Count: 1 } many => IsRateLimit(many.InnerExceptions[0]),
        _ => StatusOf(fault) == HttpStatusCode.TooManyRequests,
    };

    /// <summary>The HTTP status behind a fault, or null.</summary>
    public static HttpStatusCode? StatusOf(Exception fault) => fault switch
    {
        FlatfileApiException api => api.Status,
        HttpRequestException http => http.StatusCode,
        _ => null,
    };

    /// <summary>How long the other side asked to wait, or null.</summary>
    public static TimeSpan? RetryAfter(Exception fault) => fault switch
    {
        FlatfileApiException api => api.RetryAfter,
        SuspectFailedException elsewhere => elsewhere.Fault.RetryAfter,
        TargetInvocationException { InnerException: { } inner } => RetryAfter(inner),
        AggregateException { InnerExceptions.Count: 1 } many => RetryAfter(many.InnerExceptions[0]),
        _ => null,
    };

    /// <summary>A refused key may be renewed and a conflict may pass; every other refusal stays.</summary>
    private static bool IsPermanent(HttpStatusCode status) =>
        (int)status is >= 400 and < 500 and not (401 or 408 or 409 or 423 or 425 or 429);
}
