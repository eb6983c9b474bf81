using System.Collections.Frozen;
using Flatfile.Agent.Handlers.Automap;
using Flatfile.Agent.Handlers.Typing;

namespace Flatfile.Agent.Handlers.Validation;

/// <summary>The countries and territories of ISO 3166-1.</summary>
public static class Countries
{
    private static readonly FrozenDictionary<string, Country> ByCode;
    private static readonly FrozenDictionary<string, Country> ByName;

    static Countries()
    {
        All = [.. DataFile.Lines("countries.csv").Select(line => new Country(line[0], line[1], line[2], line[3]))];
        ByCode = All.SelectMany(c => new[] { (c.Alpha2, c), (c.Alpha3, c), (c.Numeric, c) }).ToFrozenDictionary(p => p.Item1, p => p.c, StringComparer.OrdinalIgnoreCase);
        ByName = All.ToFrozenDictionary(c => ColumnName.Normalise(c.Name), StringComparer.Ordinal);
    }

    /// <summary>All, by their two letters.</summary>
    public static IReadOnlyList<Country> All { get; }

    /// <summary>Finds one by two letters, three letters or three digits, in any case; null when there is none.</summary>
    public static Country? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>Finds one by its English name, in any spelling of case and signs; null when there is none.</summary>
    public static Country? FindByName(string name) => ByName.GetValueOrDefault(ColumnName.Normalise(name));
}
