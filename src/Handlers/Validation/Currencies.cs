using System.Collections.Frozen;
using System.Globalization;
using Flatfile.Agent.Handlers.Typing;

namespace Flatfile.Agent.Handlers.Validation;

/// <summary>The currencies of ISO 4217, present and past.</summary>
public static class Currencies
{
    private static readonly FrozenDictionary<string, Currency> ByCode = DataFile.Lines("currencies.csv")
        .Select(line => new Currency(line[0], line[3], line[2].Length == 0 ? null : int.Parse(line[2], CultureInfo.InvariantCulture), line[4].Length == 0 ? null : line[4]))
        .ToFrozenDictionary(c => c.Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>Those that are valid, by code.</summary>
    public static IReadOnlyList<Currency> Current { get; } = [.. ByCode.Values.Where(c => c.Withdrawn is null).OrderBy(c => c.Code, StringComparer.Ordinal)];

    /// <summary>Finds one by its code, in any case, past ones too; null when there is none.</summary>
    public static Currency? Find(string code) => ByCode.GetValueOrDefault(code);
}
