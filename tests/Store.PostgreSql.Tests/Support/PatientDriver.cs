using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using Contracts.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Drivers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Store.PostgreSql.Tests.Support;

/// <summary>A source that hands its events over until they are settled, as a broker does.</summary>
internal sealed class PatientDriver : IEventDriver
{
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, int> _deliveries = new(StringComparer.Ordinal);

    public string Name => "Patient";

    public Arrivals<string> Settled { get; } = new("settled events");

    public int Deliveries(string id) => _deliveries.GetValueOrDefault(id);

    public void Publish(string id) => _events.Writer.TryWrite(id);

    public async Task ReceiveAsync(Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        var source = new Redelivery(TimeProvider.System, NullLogger.Instance);
        await foreach (var id in _events.Reader.ReadAllAsync(cancellationToken))
        {
            _ = HandOverAsync(source, id, onDelivery, cancellationToken);
        }
    }

    private async Task HandOverAsync(Redelivery source, string id, Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        var body = $$"""{"id":"{{id}}","topic":"space:updated","domain":"x","context":{"spaceId":"us_sp_{{id}}","environmentId":"us_env_1"},"payload":{} }""";
        var settled = await source.UntilSettledAsync(
            Encoding.UTF8.GetBytes(body),
            async (delivery, token) =>
            {
                _deliveries.AddOrUpdate(id, 1, (_, n) => n + 1);
                await onDelivery(delivery, token);
            },
            cancellationToken);
        if (settled)
        {
            Settled.Add(id);
        }
    }
}
