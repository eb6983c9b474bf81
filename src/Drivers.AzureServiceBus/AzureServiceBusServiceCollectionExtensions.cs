using Flatfile.Agent.Drivers.AzureServiceBus.DeadLetters;
using Flatfile.Agent.Drivers.AzureServiceBus.Doctor;
using Flatfile.Agent.Drivers.AzureServiceBus.Publishing;
using Flatfile.Agent.Drivers.AzureServiceBus.Rules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Flatfile.Agent.Drivers.AzureServiceBus;

/// <summary>Adds the driver to a host.</summary>
public static class AzureServiceBusServiceCollectionExtensions
{
    /// <summary>Adds driver, publisher, dead letters and doctor's check with the settings of section <c>Agent:AzureServiceBus</c>. Nothing connects before it is used.</summary>
    public static IServiceCollection AddAzureServiceBusDriver(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.Configure<AzureServiceBusOptions>(configuration.GetSection(AzureServiceBusOptions.Section));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<BusConnection>();
        services.TryAddSingleton<BusEntities>();
        services.TryAddSingleton<TopicRules>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventDriver, AzureServiceBusDriver>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventPublisher, AzureServiceBusPublisher>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IBusDeadLetters, AzureServiceBusDeadLetters>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDoctorCheck, AzureServiceBusCheck>(s =>
            new AzureServiceBusCheck(s.GetRequiredService<BusConnection>(), s.GetServices<IBoundTopics>(), () => IsNamed(configuration))));
        return services;
    }

    private static bool IsNamed(IConfiguration configuration) =>
        Is(configuration["Agent:Driver"]) || configuration.GetSection("Agent:Bridge").AsEnumerable().Any(s => Is(s.Value));

    private static bool Is(string? name) => string.Equals(name, AzureServiceBusDriver.DriverName, StringComparison.OrdinalIgnoreCase);
}
