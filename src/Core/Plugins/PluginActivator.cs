using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Makes objects of a plugin's classes with the host's services.</summary>
internal static class PluginActivator
{
    /// <summary>The way to make the class; compiled once where it has one constructor.</summary>
    public static Func<IServiceProvider, object> For(Type type)
    {
        if (type.GetConstructors().Length != 1)
        {
            return scope => ActivatorUtilities.CreateInstance(scope, type);
        }

        var factory = ActivatorUtilities.CreateFactory(type, Type.EmptyTypes);
        return scope => factory(scope, null);
    }

    /// <summary>What stands in the way of making the class, or null when nothing does.</summary>
    public static string? WhyNot(Type type, IServiceProviderIsService services)
    {
        var constructors = type.GetConstructors();
        if (constructors.Length == 0)
        {
            return $"{type.FullName} has no public constructor. Give it one.";
        }

        var unmet = constructors.Select(c => c.GetParameters().Where(p => !IsResolvable(p, services)).ToList()).MinBy(u => u.Count)!;
        return unmet.Count == 0
            ? null
            : $"The constructor of {type.FullName} needs {string.Join(", ", unmet.Select(p => $"{p.ParameterType} {p.Name}"))}, which nobody offers. "
                + "Take only services the host registers, or register your own in a class that is an IPluginServices.";
    }

    private static bool IsResolvable(ParameterInfo parameter, IServiceProviderIsService services)
    {
        if (parameter.HasDefaultValue)
        {
            return true;
        }

        return parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed
            ? services is IServiceProviderIsKeyedService keys && keys.IsKeyedService(parameter.ParameterType, keyed.Key)
            : services.IsService(parameter.ParameterType);
    }
}
