using System.Text;
using System.Text.Json;
using Flatfile.Api;

namespace Flatfile.Spaces.Records;

/// <summary>The values an enum field takes, by their text.</summary>
internal sealed class EnumOptions
{
    private readonly HashSet<string> _values;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    private EnumOptions(HashSet<string> values)
    {
        _values = values;
        _lookup = values.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Nothing when every value goes.</summary>
    public static EnumOptions? Of(Property property)
    {
        if (property.Config?.AllowCustom == true)
        {
            return null;
        }

        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var option in property.Config?.Options ?? [])
        {
            var text = option.Value switch
            {
                { ValueKind: JsonValueKind.String } value => value.GetString(),
                { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } value => value.GetRawText(),
                _ => option.Label,
            };
            if (text is not null)
            {
                values.Add(text);
            }
        }

        return new EnumOptions(values);
    }

    public bool Contains(ReadOnlySpan<byte> text)
    {
        Span<char> characters = stackalloc char[256];
        return text.Length <= characters.Length
            ? _lookup.Contains(characters[..Encoding.UTF8.GetChars(text, characters)])
            : _values.Contains(Encoding.UTF8.GetString(text));
    }

    public override string ToString() => string.Join('\u001f', _values.Order(StringComparer.Ordinal));
}
