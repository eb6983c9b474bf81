using System.Collections;
using System.Reflection;

namespace Flatfile.Agent.Host.Doctoring;

/// <summary>The names of settings that mean something, read from the classes they are bound to.</summary>
internal sealed class KnownSettings
{
    private const string SectionField = "Section";

    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _open = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Those of our assemblies: every options class says in a constant which section it is.</summary>
    public static KnownSettings OfThisProgram()
    {
        var known = new KnownSettings();
        foreach (var type in Ours().SelectMany(a => a.GetTypes()).Where(t => t.Name.EndsWith("Options", StringComparison.Ordinal)))
        {
            if (type.GetField(SectionField, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static) is { IsLiteral: true } field)
            {
                known.Add((string)field.GetRawConstantValue()!, type);
            }
        }

        return known;
    }

    public IReadOnlyCollection<string> Names => _names;

    public void Add(string section, Type options)
    {
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = $"{section}:{property.Name}";
            _names.Add(name);
            if (IsOurs(property.PropertyType))
            {
                Add(name, property.PropertyType);
            }
            else if (property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
            {
                _open.Add(name);
            }
        }
    }

    public void Add(string name) => _names.Add(name);

    /// <summary>Whatever stands below it is somebody else's.</summary>
    public void AddOpen(string section)
    {
        _names.Add(section);
        _open.Add(section);
    }

    public bool Has(string name) => _names.Contains(name) || _open.Any(o => name.StartsWith(o + ":", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<Assembly> Ours()
    {
        var host = Assembly.GetExecutingAssembly();
        return [host, .. host.GetReferencedAssemblies().Where(a => a.Name?.StartsWith("Flatfile.", StringComparison.Ordinal) == true).Select(Assembly.Load)];
    }

    private static bool IsOurs(Type type) => type is { IsClass: true } && type.Namespace?.StartsWith("Flatfile.", StringComparison.Ordinal) == true;
}
