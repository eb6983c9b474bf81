using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Core.Plugins.Manifest;

/// <summary>Holds a plugin's section of the settings against what the plugin says it knows.</summary>
/// <remarks>A message never repeats a value: it may be a key or a password.</remarks>
internal sealed class SettingsCheck
{
    private readonly List<string> _faults = [];
    private readonly List<string> _warnings = [];
    private readonly Dictionary<string, string?> _values = new(StringComparer.OrdinalIgnoreCase);

    private SettingsCheck()
    {
    }

    /// <summary>Everything that is wrong, as sentences.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>What is odd, as sentences.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The section as it is now, with the defaults filled in. It no longer follows its source: what was checked is what is used.</summary>
    public IConfiguration Settings => new ConfigurationBuilder().AddInMemoryCollection(_values).Build();

    /// <param name="schema">Null when the plugin does not say what it knows; nothing is checked then.</param>
    /// <param name="section">The plugin's section.</param>
    /// <param name="path">The section's whole name, for messages.</param>
    public static SettingsCheck Run(SettingsSchema? schema, IConfiguration section, string path)
    {
        var check = new SettingsCheck();
        foreach (var (key, value) in section.AsEnumerable(makePathsRelative: true).Where(v => v.Value is not null))
        {
            check._values[key] = value;
        }

        if (schema is not null)
        {
            check.Check(schema, section, path, string.Empty, demand: true);
        }

        return check;
    }

    /// <summary>What is wrong with a value, to go on after its name; null when nothing is.</summary>
    public static string? FaultOf(string value, SettingsProperty property)
    {
        var number = decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : (decimal?)null;
        var isOfType = property.Type switch
        {
            SettingsType.Integer => number is { } whole && decimal.Truncate(whole) == whole,
            SettingsType.Number => number is not null,
            SettingsType.Boolean => bool.TryParse(value, out _),
            SettingsType.Array or SettingsType.Object => value.Length == 0,
            _ => true,
        };
        return !isOfType ? $"must be {Name(property.Type)}"
            : property.Allowed.Count > 0 && !IsAllowed(value, number, property) ? $"must be one of {string.Join(", ", property.Allowed)}"
            : number is { } n && property.Minimum is { } least && property.Type != SettingsType.String && n < least ? $"must be at least {Shown(least)}"
            : number is { } m && property.Maximum is { } most && property.Type != SettingsType.String && m > most ? $"must be at most {Shown(most)}"
            : property.Pattern is { } pattern && !Fits(pattern, value) ? $"must fit the pattern {pattern}"
            : null;
    }

    private static bool IsAllowed(string value, decimal? number, SettingsProperty property) => property.Type switch
    {
        SettingsType.Integer or SettingsType.Number => property.Allowed.Any(a =>
            decimal.TryParse(a, NumberStyles.Float, CultureInfo.InvariantCulture, out var allowed) && allowed == number),
        SettingsType.Boolean => property.Allowed.Contains(value, StringComparer.OrdinalIgnoreCase),
        _ => property.Allowed.Contains(value, StringComparer.Ordinal),
    };

    private static bool Fits(Regex pattern, string value)
    {
        try
        {
            return pattern.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static string Shown(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Name(SettingsType type) => type switch
    {
        SettingsType.Integer => "a whole number",
        SettingsType.Number => "a number",
        SettingsType.Boolean => "true or false",
        SettingsType.Array => "a list",
        SettingsType.Object => "an object",
        _ => "a text",
    };

    /// <param name="schema">What is known.</param>
    /// <param name="section">Where the values stand.</param>
    /// <param name="path">For messages.</param>
    /// <param name="prefix">Before the names, in the settings as the plugin sees them.</param>
    /// <param name="demand">False inside an optional object that is not set at all: nothing of it is required then.</param>
    private void Check(SettingsSchema schema, IConfiguration section, string path, string prefix, bool demand)
    {
        foreach (var child in section.GetChildren().Where(c => !schema.Properties.ContainsKey(c.Key)))
        {
            (schema.MoreAllowed ? _warnings : _faults).Add(
                $"{path}:{child.Key} is set, but the plugin has no such setting. It has {Listed(schema)}.");
        }

        foreach (var (name, property) in schema.Properties)
        {
            Check(property, section.GetSection(name), $"{path}:{name}", prefix + name, demand && schema.Required.Contains(name, StringComparer.OrdinalIgnoreCase));
        }
    }

    private static string Listed(SettingsSchema schema) => schema.Properties.Count == 0 ? "none" : string.Join(", ", schema.Properties.Keys);

    private void Check(SettingsProperty property, IConfigurationSection section, string path, string key, bool isRequired)
    {
        if (!section.Exists())
        {
            if (property.Default is { } value)
            {
                _values[key] = value;
            }
            else if (isRequired)
            {
                _faults.Add($"{path} is not set. Set it{(property.Description is { } what ? $": {what.TrimEnd('.')}" : string.Empty)}.");
                return;
            }
        }

        if (property.Nested is { } nested)
        {
            Check(nested, section, path, key + ":", section.Exists());
        }
        else if (property.Type == SettingsType.Array)
        {
            CheckItems(property, section, path);
        }
        else if (section.Exists() && (section.Value is null ? $"must be {Name(property.Type)}, and holds others" : FaultOf(section.Value, property)) is { } fault)
        {
            _faults.Add($"{path} {fault}.");
        }
    }

    private void CheckItems(SettingsProperty property, IConfigurationSection section, string path)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            _faults.Add($"{path} must be a list.");
        }

        foreach (var item in property.Items is null ? [] : section.GetChildren())
        {
            if ((item.Value is null ? $"must be {Name(property.Items!.Type)}" : FaultOf(item.Value, property.Items!)) is { } fault)
            {
                _faults.Add($"{path}:{item.Key} {fault}.");
            }
        }
    }
}
