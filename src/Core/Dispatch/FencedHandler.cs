namespace Flatfile.Agent.Core.Dispatch;

/// <summary>Lets a request pass only while its fence is open.</summary>
internal sealed class FencedHandler(HttpMessageHandler inner, CancellationToken closed) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (closed.IsCancellationRequested)
        {
            throw new OperationCanceledException("This run may not write any more: another one has taken over, or it was given up.", closed);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(closed, cancellationToken);
        return await base.SendAsync(request, either.Token).ConfigureAwait(false);
    }
}
