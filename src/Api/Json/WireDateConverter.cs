using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>Times as the wire has them: ISO 8601 in UTC with milliseconds and <c>Z</c>.</summary>
public sealed class WireDateConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>The text of a time, such as <c>2023-10-30T20:04:28.556Z</c>.</summary>
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            if (reader.TryGetDateTimeOffset(out var time))
            {
                return time;
            }

            const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
            if (DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, styles, out time))
            {
                return time;
            }
        }

        throw new JsonException("A time must be ISO 8601 text, such as 2023-10-30T20:04:28.556Z.");
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[24];
        if (value.UtcDateTime.TryFormat(text, out var written, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))
        {
            writer.WriteStringValue(text[..written]);
        }
        else
        {
            writer.WriteStringValue(Format(value));
        }
    }
}
