using Flatfile.Agent.Drivers.RabbitMq;

namespace Drivers.RabbitMq.Tests;

public sealed class RabbitMqOptionsCheckTests
{
    [Fact]
    public void The_settings_one_begins_with_have_no_fault() => Assert.Empty(RabbitMqOptionsCheck.Faults(new RabbitMqOptions(), 256));

    [Theory]
    [InlineData("amqps://agent:pa55word@bus.example.com/")]
    [InlineData("amqp://127.0.0.1:5672/agents")]
    [InlineData("amqp://[::1]:5672/")]
    public void A_good_address_has_no_fault(string address) => Assert.Empty(RabbitMqOptionsCheck.Faults(new RabbitMqOptions { Uri = address }, 256));

    [Fact]
    public void Each_fault_is_a_sentence_with_the_setting_it_is_about() => Assert.Multiple(
        () => One("Agent:RabbitMq:Uri", new RabbitMqOptions { Uri = "http://host" }),
        () => One("Agent:RabbitMq:Uri", new RabbitMqOptions { Uri = "not an address" }),
        () => One("Agent:RabbitMq:UserName", new RabbitMqOptions { Uri = "amqps://bus.example.com/" }),
        () => One("Agent:RabbitMq:Password", new RabbitMqOptions { UserName = "agent" }),
        () => One("Agent:RabbitMq:Prefix", new RabbitMqOptions { Prefix = "amq.events" }),
        () => One("Agent:RabbitMq:Prefix", new RabbitMqOptions { Prefix = "a b" }),
        () => One("Agent:RabbitMq:Partitions", new RabbitMqOptions { Partitions = 0 }),
        () => One("Agent:RabbitMq:MaxInFlight", new RabbitMqOptions(), maxInFlight: 7),
        () => One("Agent:RabbitMq:MaxInFlight", new RabbitMqOptions { Partitions = 1 }, maxInFlight: 100_000),
        () => One("Heartbeat", new RabbitMqOptions { Heartbeat = TimeSpan.Zero }));

    [Fact]
    public void No_fault_repeats_the_password()
    {
        var faults = RabbitMqOptionsCheck.Faults(new RabbitMqOptions { Uri = "amqp://agent:pa55word@host:port/", Prefix = "" }, 1);

        Assert.DoesNotContain(faults, f => f.Contains("pa55word", StringComparison.Ordinal));
        Assert.Equal(3, faults.Count());
    }

    private static void One(string about, RabbitMqOptions options, int maxInFlight = 256) =>
        Assert.Contains(about, Assert.Single(RabbitMqOptionsCheck.Faults(options, maxInFlight)), StringComparison.Ordinal);
}
