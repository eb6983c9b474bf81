using System.Net;
using System.Text;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>Finds the whole event for a claim: in the agent's store, which the bridge may share, else at Flatfile.</summary>
internal sealed class ClaimedEvents(IPayloads payloads, FlatfileClientFactory clients)
{
    /// <summary>The delivery itself when it carries an event; one that carries the whole event when it carries a claim.</summary>
    /// <exception cref="ClaimNotFoundException">The event is nowhere, or what is there is another one.</exception>
    public async ValueTask<EventDelivery> RedeemAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        if (ClaimCheck.Read(delivery.Body) is not { } id)
        {
            return delivery;
        }

        var body = await payloads.FindAsync(id, cancellationToken).ConfigureAwait(false) ?? await AskAsync(id, cancellationToken).ConfigureAwait(false);
        return FlatfileEvent.Parse(body).Id == id ? new RedeemedDelivery(delivery, body) : throw new ClaimNotFoundException(id);
    }

    private async Task<byte[]> AskAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.Create(null);
            var answer = await client.Events.GetJsonAsync(id, cancellationToken).ConfigureAwait(false);
            return Encoding.UTF8.GetBytes(answer.GetRawText());
        }
        catch (FlatfileApiException unknown) when (unknown.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            throw new ClaimNotFoundException(id, unknown);
        }
    }
}
