using System.Collections.Frozen;
using System.Reflection;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>The assemblies a plugin always takes from the host, so that its types are the host's types.</summary>
internal static class SharedAssemblies
{
    /// <summary>The contract: its types must be the host's own, or no class of the plugin is a handler.</summary>
    public static readonly FrozenDictionary<string, Assembly> Contract = new[] { typeof(IPlugin).Assembly, typeof(SpaceBlueprint).Assembly }
        .ToFrozenDictionary(a => a.GetName().Name!, StringComparer.OrdinalIgnoreCase);

    private static readonly string[] FrameworkPrefixes = ["System.", "Microsoft.Extensions.", "Microsoft.AspNetCore.", "Microsoft.Win32."];

    private static readonly FrozenDictionary<string, string> OfTheHost = HostAssemblies();

    /// <summary>Whether the host has an assembly of this name at all.</summary>
    public static bool IsInHost(string name) => Contract.ContainsKey(name) || OfTheHost.ContainsKey(name);

    /// <summary>Whether the plugin must take the assembly from the host, even when its folder carries a copy.</summary>
    public static bool IsShared(string name) => Contract.ContainsKey(name) || (OfTheHost.ContainsKey(name) && IsFramework(name));

    /// <summary>Whether the name belongs to .NET or to the libraries that come with it.</summary>
    public static bool IsFramework(string name) =>
        name is "System" or "mscorlib" or "netstandard" or "Microsoft.CSharp"
        || FrameworkPrefixes.Any(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase));

    /// <summary>The version the host has, or null when it has none.</summary>
    public static Version? VersionInHost(string name)
    {
        if (Contract.TryGetValue(name, out var contract))
        {
            return contract.GetName().Version;
        }

        return OfTheHost.TryGetValue(name, out var path) ? AssemblyName.GetAssemblyName(path).Version : null;
    }

    private static FrozenDictionary<string, string> HostAssemblies()
    {
        var paths = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return paths.DistinctBy(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(p => Path.GetFileNameWithoutExtension(p), StringComparer.OrdinalIgnoreCase);
    }
}
