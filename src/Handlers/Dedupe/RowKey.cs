using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Flatfile.Agent.Handlers.Dedupe;

/// <summary>What of a row is compared: one text for the values of its key fields.</summary>
internal sealed class RowKey(DedupeOptions options)
{
    /// <summary>The row's key; null when one of the fields is blank. A row without a key is nobody's duplicate.</summary>
    /// <param name="valueOf">The value of a field; <see cref="JsonValueKind.Undefined"/> when there is none.</param>
    public string? Of(Func<string, JsonElement> valueOf)
    {
        var key = new StringBuilder();
        foreach (var field in options.On)
        {
            var value = valueOf(field);
            var text = value.ValueKind switch
            {
                JsonValueKind.Undefined or JsonValueKind.Null => string.Empty,
                JsonValueKind.String => value.GetString()!,
                JsonValueKind.Array when value.GetArrayLength() == 0 => string.Empty,
                _ => value.GetRawText(),
            };
            if (string.IsNullOrWhiteSpace(text))
            {
                return null;
            }

            text = options.Trim ? text.Trim() : text;
            text = options.IgnoreCase ? text.ToLowerInvariant() : text;

            // The length stands before the text, so that "a", "bc" and "ab", "c" stay different.
            key.Append(text.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(text);
        }

        return key.ToString();
    }
}
