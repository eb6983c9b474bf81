namespace Flatfile.Agent.Core.Recording;

/// <summary>Writes the calls that pass into the recording of their run.</summary>
internal sealed class RecordedCalls(HttpMessageHandler inner, RunRecording recording) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (recording.Begin(request) is not { } exchange)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        if (request.Content is { } content)
        {
            request.Content = exchange.Watch(content);
        }

        HttpResponseMessage answer;
        try
        {
            answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            exchange.Broke(fault);
            throw;
        }

        exchange.Answered(answer);
        answer.Content = new RecordedAnswerContent(answer.Content, exchange);
        return answer;
    }
}
