using System.Text.Json;

namespace Flatfile.Agent.Core.Binding;

/// <summary>One value a filter looks for: a glob when it is text, otherwise strictly that value.</summary>
internal sealed class FilterValue
{
    private const char Separator = ':';
    private readonly JsonElement _written;
    private readonly Glob? _glob;
    private readonly double _number;

    public FilterValue(JsonElement written)
    {
        _written = written;
        if (written.ValueKind == JsonValueKind.String)
        {
            var text = written.GetString()!;
            _glob = Glob.Compile(text.Length == 0 ? "**" : text, Separator);
        }
        else if (written.ValueKind == JsonValueKind.Number)
        {
            _number = written.GetDouble();
        }
    }

    /// <summary>The one text this stands for, or null when it is no text or a glob.</summary>
    public string? Literal => _glob is { IsLiteral: true } ? _glob.Pattern : null;

    /// <summary>The text, when it is one.</summary>
    public string? Text => _glob?.Pattern;

    /// <summary>Whether a value of the event is, or an array of the event holds, what is looked for.</summary>
    public bool Matches(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return _written.ValueKind == JsonValueKind.Null;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    if (Matches(item))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return _glob is null ? MatchesStrictly(value) : MatchesText(value, _glob);
        }
    }

    /// <summary>The form of an event's text under which <see cref="Literal"/> is looked up.</summary>
    public static string Tidy(string text) => Glob.Tidy(text, Separator);

    /// <inheritdoc />
    public override string ToString() => _written.GetRawText();

    private static bool MatchesText(JsonElement value, Glob glob)
    {
        // The usual case of two equal plain texts is settled without making a string.
        if (glob.IsLiteral && value.ValueKind == JsonValueKind.String && value.ValueEquals(glob.Pattern))
        {
            return true;
        }

        var text = JsonText.Of(value);
        return text.Length > 0 && glob.Matches(text);
    }

    // Objects and arrays are never strictly equal to anything of another document.
    private bool MatchesStrictly(JsonElement value) => _written.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => value.ValueKind == _written.ValueKind,
        JsonValueKind.Number => value.ValueKind == JsonValueKind.Number && value.GetDouble() == _number,
        _ => false,
    };
}
