using Microsoft.Extensions.DependencyInjection;

namespace SeededFaults;

/// <summary>Puts a faulty layer around every service of a kind.</summary>
internal static class Wrapping
{
    public static void Wrap<T>(this IServiceCollection services, Func<T, T> wrap) where T : class
    {
        foreach (var service in services.Where(s => s.ServiceType == typeof(T)).ToList())
        {
            services.Remove(service);
            services.AddSingleton(provider => wrap((T)(
                service.ImplementationInstance
                ?? service.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, service.ImplementationType!))));
        }
    }
}
