using Flatfile.Api;
using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Http.Operations;
using Flatfile.Spaces.Jobs;
using Flatfile.Spaces.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Http;

/// <summary>Stands before every call: knows the caller, runs the call, and turns whatever happens into an answer with a body.</summary>
internal sealed partial class ApiGate(
    Gatekeeper gatekeeper, SpaceRegistry registry, SpaceAdmission admission, CentralStore central, BodyRoom room, RunFenceGate fences, SpacesOptions options, ILogger<ApiGate> logger)
{
    private static readonly ApiRefusal Stranger = new(
        401, new ApiFault("Authorization", "This call needs the header 'Authorization: Bearer <key or token>' with a key or token that is valid here."));

    /// <summary>The call behind the gate.</summary>
    public RequestDelegate Guard(Operation? operation, Func<ApiCall, Task<Answer>> handle) => async http =>
    {
        var answer = await AnswerAsync(http, operation, handle).ConfigureAwait(false);
        if (answer is not null)
        {
            LogAnswered(logger, http.Request.Method, http.Request.Path, answer.Status, http.TraceIdentifier);
            await SendAsync(http, answer).ConfigureAwait(false);
        }
    };

    private async Task<Answer?> AnswerAsync(HttpContext http, Operation? operation, Func<ApiCall, Task<Answer>> handle)
    {
        try
        {
            var caller = await gatekeeper.RecogniseAsync(http.Request).ConfigureAwait(false);
            if (caller is null && operation?.Right is not Right.Public)
            {
                throw Stranger;
            }

            caller ??= gatekeeper.Nobody();
            Authorization.Check(caller, operation);
            var call = new ApiCall(http, operation, caller, registry, admission, central, room, options);
            if (call.Fence is { } fence)
            {
                await fences.CheckAsync(fence, caller, http.RequestAborted).ConfigureAwait(false);
                http.Response.Headers[RunFenceHeader.Name] = RunFenceHeader.Honoured;
            }

            return await handle(call).ConfigureAwait(false);
        }
        catch (ApiRefusal refusal)
        {
            if (refusal.Status is 503 or 507)
            {
                LogStorage(logger, http.TraceIdentifier, refusal.Message, refusal.Data["cause"] as string);
            }

            if (refusal is FenceRefusal fenced)
            {
                http.Response.Headers[RunFenceHeader.Name] = fenced.Word;
            }

            if (refusal.RetryAfter is { } seconds)
            {
                http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            return Answer.Errors(refusal.Status, refusal.Faults);
        }
        catch (BadHttpRequestException fault)
        {
            return Answer.Errors(fault.StatusCode, new ApiFault(null, fault.Message));
        }
        catch (IOException fault) when (StorageFault.IsDiskFull(fault))
        {
            LogStorage(logger, http.TraceIdentifier, "The disk is full", fault.ToString());
            return Answer.Errors(507, StorageFault.DiskFull(fault).Faults);
        }
        catch (SqliteException fault) when (StorageFault.Of(fault) is { } said)
        {
            var refusal = said("The storage");
            LogStorage(logger, http.TraceIdentifier, refusal.Message, fault.ToString());
            return Answer.Errors(refusal.Status, refusal.Faults);
        }
        catch (Exception fault) when (http.RequestAborted.IsCancellationRequested || fault is ConnectionResetException)
        {
            LogGone(logger, http.TraceIdentifier);
            return null;
        }
        catch (Exception fault)
        {
            LogFailed(logger, fault, http.Request.Method, http.Request.Path, http.TraceIdentifier);
            return Answer.Errors(500, new ApiFault(null, $"Something failed in the server. Its log has the details under request {http.TraceIdentifier}."));
        }
    }

    private async Task SendAsync(HttpContext http, Answer answer)
    {
        var response = http.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";

        // Should a browser show a file somebody uploaded all the same, it runs nothing and belongs to nobody.
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        try
        {
            if (answer.Stream is null)
            {
                response.ContentLength = answer.Body.Length;
                await response.Body.WriteAsync(answer.Body, http.RequestAborted).ConfigureAwait(false);
                return;
            }

            response.ContentLength = answer.StreamLength;
            await answer.Stream(response.Body, http.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception fault) when (http.RequestAborted.IsCancellationRequested || fault is ConnectionResetException)
        {
            LogGone(logger, http.TraceIdentifier);
        }
        catch (OperationCanceledException)
        {
            LogEnded(logger, http.TraceIdentifier);
            http.Abort();
        }
        catch (Exception fault)
        {
            // Half an answer must not look like a whole one.
            LogFailed(logger, fault, http.Request.Method, http.Request.Path, http.TraceIdentifier);
            http.Abort();
        }
    }
}
