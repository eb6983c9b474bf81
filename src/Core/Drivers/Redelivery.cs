using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Drivers;

/// <summary>Hands one event over again and again until it is settled, for sources that do not bring it back themselves.</summary>
internal sealed partial class Redelivery(TimeProvider time, ILogger log)
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    /// <summary>The first hand-over happens before this first awaits, so calls in order are hand-overs in order.</summary>
    /// <returns>False when receiving ended before the event was settled.</returns>
    public async Task<bool> UntilSettledAsync(
        ReadOnlyMemory<byte> body, Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken, string? traceParent = null)
    {
        for (var count = 1; ; count++)
        {
            var delivery = new LocalDelivery(body, count, traceParent);
            var delay = AfterFault;
            try
            {
                await onDelivery(delivery, cancellationToken).ConfigureAwait(false);
                delay = delivery.Settlement == Settlement.Abandoned ? delivery.Delay : AfterFault;
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                DeliveryFaulted(log, fault, count);
            }
            catch (Exception) when (delivery.Settlement == Settlement.None)
            {
                return false;
            }

            if (delivery.Settlement is Settlement.Completed or Settlement.DeadLettered)
            {
                return true;
            }

            try
            {
                await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }
}
