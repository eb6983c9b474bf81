using Flatfile.Agent;
using Flatfile.Agent.Drivers.RabbitMq;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Drivers.RabbitMq.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public async Task The_driver_its_publisher_its_dead_letters_and_its_check_are_found_by_name()
    {
        await using var services = Build(("Agent:Driver", "RabbitMq"));

        Assert.Equal("RabbitMq", services.GetRequiredService<IEventDriver>().Name);
        Assert.Same(services.GetRequiredService<IEventDriver>(), services.GetRequiredService<IEventPublisher>());
        Assert.Equal("RabbitMq", services.GetRequiredService<IBusDeadLetters>().Name);
        Assert.True(services.GetRequiredService<IDoctorCheck>().IsUsed);
    }

    [Theory]
    [InlineData("Agent:Driver", "InProcess", false)]
    [InlineData("Agent:Bridge:To", "rabbitmq", true)]
    public async Task The_check_is_used_when_the_broker_is(string key, string value, bool used)
    {
        await using var services = Build((key, value));

        Assert.Equal(used, services.GetRequiredService<IDoctorCheck>().IsUsed);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("64", null, 64)]
    [InlineData("64", "32", 32)]
    public async Task Events_in_hand_are_those_of_the_agent_unless_the_driver_has_its_own(string? agent, string? own, int? expected)
    {
        await using var services = Build(("Agent:MaxInFlight", agent), ("Agent:RabbitMq:MaxInFlight", own));

        Assert.Equal(expected, services.GetRequiredService<IOptions<RabbitMqOptions>>().Value.MaxInFlight);
    }

    private static ServiceProvider Build(params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))).Build();
        return new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddRabbitMqDriver(configuration).BuildServiceProvider();
    }
}
