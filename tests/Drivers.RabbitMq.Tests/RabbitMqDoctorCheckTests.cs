using Contracts.Services;
using Contracts.Support;
using Flatfile.Agent;
using Flatfile.Agent.Drivers.RabbitMq;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace Drivers.RabbitMq.Tests;

[Collection(RabbitMqCollection.Name)]
public sealed class RabbitMqDoctorCheckTests(RabbitMqFixture fixture)
{
    [RabbitMqFact]
    public async Task Queues_that_are_ours_are_good_and_dead_letters_are_counted()
    {
        await using var harness = new RabbitMqHarness(fixture.Broker);
        await harness.PublishAsync("us_evt_1", "a");
        await harness.LastDeadLetters!.KeepAsync("0", new BasicProperties { MessageId = "us_evt_2" }, "{}"u8.ToArray(), "no good", 1, CancellationToken.None);
        IReadOnlyList<DoctorFinding> findings = [];
        await Signal.UntilAsync(async () => (findings = await LookAsync(harness.Options(fixture.Broker.AmqpUri))).Any(f => f.Level == DoctorLevel.Warning), "the dead letter to be seen");

        Assert.Contains("RabbitMQ 3.", findings[0].What, StringComparison.Ordinal);
        Assert.Equal(2, findings.Count(f => f.Level == DoctorLevel.Good && f.What.Contains("received by nobody", StringComparison.Ordinal)));
        Assert.Contains("1 events that were given up", Assert.Single(findings, f => f.Level != DoctorLevel.Good).What, StringComparison.Ordinal);
    }

    [RabbitMqFact]
    public async Task A_queue_of_another_kind_is_bad_and_the_difference_is_named()
    {
        await using var harness = new RabbitMqHarness(fixture.Broker);
        await using var connection = await harness.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(harness.Topology.Queue(1), durable: true, exclusive: false, autoDelete: false);

        var findings = await LookAsync(harness.Options(fixture.Broker.AmqpUri));

        var bad = Assert.Single(findings, f => f.Level == DoctorLevel.Bad);
        Assert.Contains("inequivalent arg", bad.What, StringComparison.Ordinal);
        Assert.Contains("Agent:RabbitMq:Prefix", bad.ToDo, StringComparison.Ordinal);
        // Looking made nothing.
        await using var second = await connection.CreateChannelAsync();
        await Assert.ThrowsAsync<RabbitMQ.Client.Exceptions.OperationInterruptedException>(() => second.QueueDeclarePassiveAsync(harness.Topology.Queue(0)));
    }

    [RabbitMqFact]
    public async Task What_is_missing_is_made_at_the_start_or_is_bad_when_somebody_else_must_make_it()
    {
        await using var harness = new RabbitMqHarness(fixture.Broker);
        var options = harness.Options(fixture.Broker.AmqpUri);

        Assert.Equal(4, (await LookAsync(options)).Count(f => f.Level == DoctorLevel.Warning));
        options.DeclareTopology = false;
        Assert.Equal(4, (await LookAsync(options)).Count(f => f.Level == DoctorLevel.Bad && f.ToDo!.Contains("DeclareTopology", StringComparison.Ordinal)));
    }

    [RabbitMqFact]
    public async Task A_broker_that_lets_nobody_in_is_a_finding_without_the_password()
    {
        var refused = await LookAsync(new RabbitMqOptions { Uri = $"amqp://127.0.0.1:{fixture.Broker.Port}/", UserName = "agent", Password = "pa55word" });
        var away = await LookAsync(new RabbitMqOptions { Uri = $"amqp://agent:pa55word@127.0.0.1:{LoopbackPort.Free()}/" });

        Assert.All([Assert.Single(refused), Assert.Single(away)], finding =>
        {
            Assert.Equal(DoctorLevel.Bad, finding.Level);
            Assert.Contains("127.0.0.1", finding.What, StringComparison.Ordinal);
            Assert.DoesNotContain("pa55word", finding.What + finding.ToDo, StringComparison.Ordinal);
        });
    }

    private static Task<IReadOnlyList<DoctorFinding>> LookAsync(RabbitMqOptions options) =>
        new RabbitMqDoctorCheck(new ConfigurationBuilder().Build(), Options.Create(options)).LookAsync(CancellationToken.None);
}
