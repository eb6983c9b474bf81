using System.Text.Json;
using Flatfile.Agent.Handlers.Typing;
using Flatfile.Agent.Handlers.Validation;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>Finds for the values of a file the options of an enum field: by value, name, meaning or close spelling, and only where one option fits.</summary>
internal sealed class EnumMatch
{
    private const int ShortestMisspelling = 4;
    private const int LongText = 8;

    /// <summary>Answers kept; a column with more different values is no enum.</summary>
    private const int MostKept = 10_000;

    private readonly List<Option> _options;
    private readonly Dictionary<string, EnumHit?> _answers = new(StringComparer.Ordinal);

    private EnumMatch(List<Option> options) => _options = options;

    /// <summary>Null for a field that is no enum.</summary>
    public static EnumMatch? Of(Property field) =>
        field is { Type: PropertyType.Enum, Config.Options: { Count: > 0 } options } ? new EnumMatch([.. options.Select(Option.Of).OfType<Option>()]) : null;

    /// <summary>Null when no option, or more than one, is meant.</summary>
    public EnumHit? Find(string value)
    {
        if (_answers.TryGetValue(value, out var known))
        {
            return known;
        }

        var hit = Search(value.Trim());
        if (_answers.Count < MostKept)
        {
            _answers[value] = hit;
        }

        return hit;
    }

    private EnumHit? Search(string value)
    {
        if (_options.Find(o => o.Text == value) is { } same)
        {
            return new EnumHit(same.Value, same.Text, IsSame: true, "the same value");
        }

        var name = ColumnName.Normalise(value);
        return name.Length == 0 ? null
            : Only(o => o.Names.Contains(name), "the same in another spelling")
            ?? OfTruth(value)
            ?? OfCode(value)
            ?? OfMeaning(value)
            ?? Only(o => o.Names.Any(n => n.StartsWith(name, StringComparison.Ordinal)), "its beginning")
            ?? (name.Length >= ShortestMisspelling ? Only(o => o.Names.Any(n => n.Length >= ShortestMisspelling && WordLikeness.IsWithin(name, n, n.Length >= LongText ? 2 : 1)), "nearly the same spelling") : null);
    }

    private EnumHit? OfTruth(string value) =>
        BooleanReading.Find(value) is { } truth ? Only(o => o.Truth == truth, truth ? "a word for true" : "a word for false") : null;

    private EnumHit? OfCode(string value)
    {
        var country = Countries.Find(value) ?? Countries.FindByName(value);
        return country is null ? null : Only(o => o.Country == country, "the same country");
    }

    private EnumHit? OfMeaning(string value)
    {
        var words = Vocabulary.Read(value).Select(w => w.Text).ToHashSet(StringComparer.Ordinal);
        return words.Count == 0 ? null : Only(o => o.Words.SetEquals(words), "the same meaning");
    }

    private EnumHit? Only(Predicate<Option> fits, string reason)
    {
        var found = _options.FindAll(fits);
        return found.Count == 1 ? new EnumHit(found[0].Value, found[0].Text, IsSame: false, reason) : null;
    }

    private sealed record Option(JsonElement Value, string Text, IReadOnlyList<string> Names, IReadOnlySet<string> Words, bool? Truth, Country? Country)
    {
        public static Option? Of(EnumOption option)
        {
            var value = option.Value is { ValueKind: not JsonValueKind.Undefined and not JsonValueKind.Null } given ? given
                : option.Label is { } label ? JsonSerializer.SerializeToElement(label, FlatfileJson.Default.String) : default;
            if (value.ValueKind == JsonValueKind.Undefined)
            {
                return null;
            }

            var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
            string[] names = [text, .. option.Label is { } shown ? [shown] : Array.Empty<string>(), .. option.AlternativeNames ?? []];
            return new Option(
                value,
                text,
                [.. names.Select(ColumnName.Normalise).Where(n => n.Length > 0).Distinct()],
                Vocabulary.Read(option.Label ?? text).Select(w => w.Text).ToHashSet(StringComparer.Ordinal),
                names.Select(n => BooleanReading.Find(n)).FirstOrDefault(t => t is not null),
                names.Select(n => Countries.Find(n) ?? Countries.FindByName(n)).FirstOrDefault(c => c is not null));
        }
    }
}
