using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Receiving;

/// <summary>Pauses that grow while the bus does not answer, with jitter, shared by all who ask it; its beginning and end are said once.</summary>
internal sealed partial class Outage(string place, TimeSpan longest, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private TimeSpan _next = First;
    private string? _said;

    /// <summary>The bus answered.</summary>
    public void Over()
    {
        lock (_lock)
        {
            _next = First;
            if (_said is null)
            {
                return;
            }

            _said = null;
        }

        Back(log, place);
    }

    /// <summary>Says what is wrong, unless that was said, and waits. Returns early, without an exception, when the token fires.</summary>
    public async Task WaitAsync(Exception fault, CancellationToken cancellationToken)
    {
        TimeSpan pause;
        bool isNew;
        var sentence = Sentence(fault);
        lock (_lock)
        {
            pause = _next < longest ? _next : longest;
            _next = pause * 2;
            isNew = _said != sentence;
            _said = sentence;
        }

        if (isNew)
        {
            if (NeedsAPerson(fault))
            {
                Refused(log, fault, place, sentence);
            }
            else
            {
                Away(log, fault, place, sentence);
            }
        }

        await Task.Delay(pause * (0.8 + (0.4 * Random.Shared.NextDouble())), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>What it means and what to do.</summary>
    public static string Sentence(Exception fault) => fault switch
    {
        ServiceBusException { Reason: ServiceBusFailureReason.MessagingEntityNotFound } =>
            "it is not there. Create it, or set Agent:AzureServiceBus:CreateEntities to true for an identity that may manage the namespace",
        ServiceBusException { Reason: ServiceBusFailureReason.MessagingEntityDisabled } => "it is disabled. Enable it for sending and receiving",
        ServiceBusException { Reason: ServiceBusFailureReason.ServiceBusy } => "the bus is busy and slows us down",
        ServiceBusException { Reason: ServiceBusFailureReason.ServiceCommunicationProblem or ServiceBusFailureReason.ServiceTimeout } =>
            "it cannot be reached. Is the namespace right, and may this machine reach port 5671, or 443 with Agent:AzureServiceBus:WebSockets",
        UnauthorizedAccessException => "access is refused. Give this identity, or this key, the right to listen and to send (Azure Service Bus Data Owner, or Data Receiver and Data Sender)",
        InvalidOperationException =>
            "the bus refused the kind of receiver. If it is made without sessions, set Agent:AzureServiceBus:Sessions to false; if it is made with sessions, to true",
        ServiceBusException other => $"the bus answered with {other.Reason}",
        _ => "it could not be asked",
    };

    private static bool NeedsAPerson(Exception fault) =>
        fault is UnauthorizedAccessException or InvalidOperationException
            or ServiceBusException { Reason: ServiceBusFailureReason.MessagingEntityNotFound or ServiceBusFailureReason.MessagingEntityDisabled };
}
