using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>Registers the RabbitMq driver.</summary>
public static class RabbitMqServiceCollectionExtensions
{
    /// <summary>The driver, its publisher, its dead letters and the doctor's look at the broker.</summary>
    public static IServiceCollection AddRabbitMqDriver(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.Configure<RabbitMqOptions>(configuration.GetSection(RabbitMqOptions.Section));
        services.PostConfigure<RabbitMqOptions>(o => o.MaxInFlight ??= configuration.GetValue<int?>("Agent:MaxInFlight"));
        services.AddSingleton<RabbitMqLinks>();
        services.AddSingleton<RabbitMqDeadLetters>();
        services.AddSingleton<RabbitMqDriver>();
        services.AddSingleton<IEventDriver>(s => s.GetRequiredService<RabbitMqDriver>());
        services.AddSingleton<IEventPublisher>(s => s.GetRequiredService<RabbitMqDriver>());
        services.AddSingleton<IBusDeadLetters>(s => s.GetRequiredService<RabbitMqDeadLetters>());
        services.AddSingleton<IDoctorCheck, RabbitMqDoctorCheck>();
        return services;
    }
}
