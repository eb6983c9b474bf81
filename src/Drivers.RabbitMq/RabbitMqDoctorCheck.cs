using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>Looks at the broker: can it be reached, and are exchanges and queues there with the settings order and safety need.</summary>
internal sealed class RabbitMqDoctorCheck(IConfiguration configuration, IOptions<RabbitMqOptions> options) : IDoctorCheck
{
    private const string Remake =
        "Its settings are fixed when it is made: let the agents empty it, delete it and start an agent, which makes it anew; or set Agent:RabbitMq:Prefix to a new name.";

    private readonly RabbitMqOptions _options = options.Value;

    public string Subject => "RabbitMQ";

    public bool IsUsed => ((string?[])[configuration["Agent:Driver"], configuration["Agent:Bridge:From"], configuration["Agent:Bridge:To"]])
        .Contains(RabbitMqDriver.DriverName, StringComparer.OrdinalIgnoreCase);

    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var faults = RabbitMqOptionsCheck.Faults(_options, _options.MaxInFlight ?? RabbitMqLinks.DefaultInFlight).ToList();
        if (faults.Count > 0)
        {
            return [.. faults.Select(f => new DoctorFinding(DoctorLevel.Bad, f))];
        }

        var findings = new List<DoctorFinding>();
        var address = new Uri(_options.Uri);
        if (address.Scheme == "amqp" && !RabbitMqOptionsCheck.IsLoopback(address))
        {
            findings.Add(new(DoctorLevel.Warning, $"The connection to {address.Host} is not encrypted.", "Use an amqps:// address in Agent:RabbitMq:Uri, unless the network between is private."));
        }

        var source = new BrokerConnection(_options, "doctor");
        await using (source.ConfigureAwait(false))
        {
            try
            {
                var connection = await source.GetAsync(cancellationToken).ConfigureAwait(false);
                findings.Add(new(DoctorLevel.Good, $"RabbitMQ {Version(connection)} answers at {connection.Endpoint.HostName}:{connection.Endpoint.Port}."));
                await LookAtTopologyAsync(connection, findings, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                findings.Add(new(
                    DoctorLevel.Bad, $"RabbitMQ at {address.Host}:{(address.Port > 0 ? address.Port : 5672)} does not let the agent in: {Innermost(fault)}",
                    "Is the broker running, and are Agent:RabbitMq:Uri, UserName, Password and the virtual host right?"));
            }
        }

        return findings;
    }

    private static string Version(IConnection connection) =>
        connection.ServerProperties?.TryGetValue("version", out var version) == true && version is byte[] text ? Encoding.UTF8.GetString(text) : "of unknown version";

    private static string Innermost(Exception fault)
    {
        while (fault.InnerException is { } inner)
        {
            fault = inner;
        }

        return fault.Message;
    }

    private async Task LookAtTopologyAsync(IConnection connection, List<DoctorFinding> findings, CancellationToken cancellationToken)
    {
        var topology = new Topology(_options);
        await LookAsync(
            connection, $"Exchange {topology.Exchange}", c => c.ExchangeDeclarePassiveAsync(topology.Exchange, cancellationToken),
            async c =>
            {
                await topology.DeclareExchangeAsync(c, cancellationToken).ConfigureAwait(false);
                return new DoctorFinding(DoctorLevel.Good, $"Exchange {topology.Exchange} is as it should be.");
            },
            findings, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < topology.Partitions; i++)
        {
            var partition = i;
            await LookAsync(
                connection, $"Queue {topology.Queue(partition)}", c => c.QueueDeclarePassiveAsync(topology.Queue(partition), cancellationToken),
                async c => Read(await topology.DeclareQueueAsync(c, partition, cancellationToken).ConfigureAwait(false)), findings, cancellationToken).ConfigureAwait(false);
        }

        await LookAsync(
            connection, $"Queue {topology.DeadQueue}", c => c.QueueDeclarePassiveAsync(topology.DeadQueue, cancellationToken),
            async c => ReadDead(await topology.DeclareDeadQueueAsync(c, cancellationToken).ConfigureAwait(false)), findings, cancellationToken).ConfigureAwait(false);
    }

    private static DoctorFinding Read(QueueDeclareOk queue) => new(
        DoctorLevel.Good, $"Queue {queue.QueueName} is as it should be: {queue.MessageCount} events waiting, {(queue.ConsumerCount > 0 ? "received by an agent" : "received by nobody at the moment")}.");

    private static DoctorFinding ReadDead(QueueDeclareOk queue) => queue.MessageCount == 0
        ? new(DoctorLevel.Good, $"Queue {queue.QueueName} is as it should be and empty.")
        : new(DoctorLevel.Warning, $"Queue {queue.QueueName} holds {queue.MessageCount} events that were given up.", "./agent dead list shows them with their reasons.");

    /// <summary>Asks for something that is there, then with our settings: the broker refuses when they differ. Each on a channel of its own, as a refusal closes it.</summary>
    private async Task LookAsync(
        IConnection connection, string what, Func<IChannel, Task> isThere, Func<IChannel, Task<DoctorFinding>> isOurs, List<DoctorFinding> findings, CancellationToken cancellationToken)
    {
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (channel.ConfigureAwait(false))
        {
            try
            {
                await isThere(channel).ConfigureAwait(false);
                findings.Add(await isOurs(channel).ConfigureAwait(false));
            }
            catch (OperationInterruptedException refused) when (refused.ShutdownReason?.ReplyCode == Constants.NotFound)
            {
                findings.Add(_options.DeclareTopology
                    ? new(DoctorLevel.Warning, $"{what} is not there yet.", "The first agent or bridge that starts makes it.")
                    : new(DoctorLevel.Bad, $"{what} is not there.", "Make it, or set Agent:RabbitMq:DeclareTopology to true."));
            }
            catch (OperationInterruptedException refused) when (refused.ShutdownReason?.ReplyCode == Constants.PreconditionFailed)
            {
                findings.Add(new(DoctorLevel.Bad, $"{what} has other settings than the agent needs: {refused.ShutdownReason.ReplyText}", Remake));
            }
            catch (OperationInterruptedException refused) when (refused.ShutdownReason?.ReplyCode == Constants.AccessRefused)
            {
                findings.Add(new(DoctorLevel.Warning, $"{what} may not be looked at by this user: {refused.ShutdownReason.ReplyText}", "Give the user the right to configure it, to have its settings checked."));
            }
        }
    }
}
