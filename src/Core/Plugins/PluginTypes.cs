using System.Reflection;
using System.Runtime.CompilerServices;
using Flatfile.Api;
using Microsoft.Extensions.DependencyInjection;
using Scrutor;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>The classes of a plugin that matter to the host, found by one scan and sorted by name.</summary>
internal sealed class PluginTypes
{
    private static readonly Type[] Kinds = [typeof(IEventHandler), typeof(IJobHandler), typeof(IRecurringHandler), typeof(IPlugin), typeof(IPluginServices), typeof(RecordHook), typeof(SpaceBlueprint), typeof(IAccessHandler)];

    private PluginTypes(IReadOnlyList<Type> found, IReadOnlyList<Type> all)
    {
        Found = found;
        All = all;
    }

    /// <summary>The classes of the kinds the host knows.</summary>
    public IReadOnlyList<Type> Found { get; }

    /// <summary>Every class that could be made, for contributions of kinds the host does not know.</summary>
    public IReadOnlyList<Type> All { get; }

    /// <summary>Scans an assembly, or those of its classes that are asked for. Nothing of the plugin runs.</summary>
    public static PluginTypes Scan(Assembly assembly, Func<Type, bool>? only = null)
    {
        bool IsWanted(Type type) => IsForTheHost(type) && (only is null || only(type));

        // Append: one class of two kinds stands there once for each, and is told apart below; nothing is skipped silently.
        var services = new ServiceCollection();
        services.Scan(scan => scan
            .FromAssemblies(assembly)
            .AddClasses(classes => classes.AssignableToAny(Kinds).Where(IsWanted), publicOnly: false)
            .UsingRegistrationStrategy(RegistrationStrategy.Append)
            .AsSelf()
            .WithTransientLifetime());
        var found = services.Select(s => s.ImplementationType!).Distinct().OrderBy(t => t.FullName, StringComparer.Ordinal).ToList();
        var all = assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && IsWanted(t) && t.GetConstructors().Length > 0)
            .OrderBy(t => t.FullName, StringComparer.Ordinal).ToList();
        return new PluginTypes(found, all);
    }

    /// <summary>The classes of one kind.</summary>
    public IEnumerable<Type> Of<T>() => Found.Where(typeof(T).IsAssignableFrom);

    // A class nested privately is the plugin's own affair.
    private static bool IsForTheHost(Type type) =>
        !type.IsGenericTypeDefinition && !type.IsNestedPrivate && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
}
