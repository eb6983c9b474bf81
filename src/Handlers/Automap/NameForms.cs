using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>A property's names, prepared for comparing them with many others.</summary>
internal sealed class NameForms(Property property)
{
    public Property Property { get; } = property;

    public IReadOnlyList<string> Texts { get; } = [property.Label ?? property.Key, property.Key];

    public IReadOnlyList<string> Normalised { get; } = [.. new[] { property.Label ?? property.Key, property.Key }.Select(ColumnName.Normalise).Where(n => n.Length > 0)];

    public IReadOnlyList<string> Alternatives { get; } = [.. (property.AlternativeNames ?? []).Select(ColumnName.Normalise).Where(n => n.Length > 0)];

    /// <summary>The words of the label, those of the key, and those of each alternative name.</summary>
    public IReadOnlyList<IReadOnlyList<NameWord>> Words { get; } =
        [.. new[] { property.Label ?? property.Key, property.Key }.Concat(property.AlternativeNames ?? []).Distinct().Select(Vocabulary.Read).Where(w => w.Count > 0)];
}
