using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Core.Plugins.Services;

/// <summary>Looks, before any is made, whether a plugin's own services can be made: everything there, no circle, nothing kept beyond its life.</summary>
internal sealed class OwnServicesCheck(OwnServices services, HostLifetimes host)
{
    /// <summary>What is wrong, as sentences.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        foreach (var descriptor in services.Registered.Where(d => TypeOf(d) is { IsGenericTypeDefinition: false } type && !IsOfFramework(type)))
        {
            var type = TypeOf(descriptor)!;
            if (PluginActivator.WhyNot(type, services) is { } fault)
            {
                faults.Add(fault);
            }
            else if (descriptor.Lifetime == ServiceLifetime.Singleton && Needs(type).FirstOrDefault(IsScoped) is { } shorter)
            {
                faults.Add($"{type.FullName} is registered as a singleton and needs {shorter}, which lives only as long as one event or one run. Register {type.Name} as scoped.");
            }

            if (Circle(type, [type]) is { } circle)
            {
                faults.Add($"Its services need each other in a circle: {string.Join(" → ", circle.Select(t => t.FullName))}. Break the circle.");
                break;
            }
        }

        return faults;
    }

    private static Type? TypeOf(ServiceDescriptor descriptor) => descriptor.IsKeyedService ? descriptor.KeyedImplementationType : descriptor.ImplementationType;

    // What a library of the framework registers, such as for its HTTP clients, it makes in ways of its own.
    private static bool IsOfFramework(Type type) => SharedAssemblies.IsFramework(type.Assembly.GetName().Name!);

    private static IEnumerable<Type> Needs(Type type) =>
        type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).Take(1).SelectMany(c => c.GetParameters()).Select(p => p.ParameterType);

    private bool IsScoped(Type type) => services.PlaceOf(type, null) == ServicePlace.Own
        ? services.Registered.LastOrDefault(d => d.ServiceType == type) is { Lifetime: ServiceLifetime.Scoped }
        : host.IsScoped(type);

    private List<Type>? Circle(Type type, List<Type> way)
    {
        foreach (var need in Needs(type))
        {
            if (services.Registered.LastOrDefault(d => d.ServiceType == need) is not { } descriptor || TypeOf(descriptor) is not { } next)
            {
                continue;
            }

            if (way.Contains(next))
            {
                return [.. way.SkipWhile(t => t != next), next];
            }

            if (Circle(next, [.. way, next]) is { } circle)
            {
                return circle;
            }
        }

        return null;
    }
}
