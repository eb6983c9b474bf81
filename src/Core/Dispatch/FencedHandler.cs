using System.Net;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>
/// Lets a request pass only while its fence is open. A change that the run of a job asks for passes only while the run surely owns its ticket,
/// and carries the run's number, by which a server that knows it refuses it all the same when a newer run has begun meanwhile.
/// </summary>
/// <param name="inner">Sends what passes.</param>
/// <param name="fence">The fence.</param>
/// <param name="isOfHandler">True when the calls are those of a handler, and so signs of its life.</param>
internal sealed class FencedHandler(HttpMessageHandler inner, RunFence fence, bool isOfHandler) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (fence.Token.IsCancellationRequested)
        {
            throw Closed();
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(fence.Token, cancellationToken);
        if (fence.Run is not { } run)
        {
            return await base.SendAsync(request, either.Token).ConfigureAwait(false);
        }

        var changes = request.Method != HttpMethod.Get;
        if (changes)
        {
            run.ThrowIfFailed();
            if (!await run.Lease.EnsureAsync(either.Token).ConfigureAwait(false))
            {
                run.End(RunEndCause.LeaseLost);
                throw Closed();
            }

            request.Headers.Remove(RunFenceHeader.Name);
            request.Headers.TryAddWithoutValidation(RunFenceHeader.Name, run.Lease.Fence);
        }

        var answer = await base.SendAsync(request, either.Token).ConfigureAwait(false);
        if (isOfHandler)
        {
            run.SignOfLife();
        }

        if (changes && answer.Headers.TryGetValues(RunFenceHeader.Name, out var words))
        {
            run.ServerFences = true;
            if (answer.StatusCode == HttpStatusCode.Conflict && words.Contains(RunFenceHeader.Older))
            {
                answer.Dispose();
                run.End(RunEndCause.LeaseLost);
                throw Closed();
            }
        }

        return answer;
    }

    private OperationCanceledException Closed() => new("This run may not write any more: another one has taken over, or it was given up.", fence.Token);
}
