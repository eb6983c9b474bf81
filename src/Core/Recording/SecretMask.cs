using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;

namespace Flatfile.Agent.Core.Recording;

/// <summary>Takes secrets out of what is recorded: JSON members and query parameters that carry keys, tokens or passwords.</summary>
internal static class SecretMask
{
    public const string Mask = "***";

    private static readonly FrozenSet<string> Everywhere = new[]
    {
        "accessToken", "access_token", "token", "guestLink", "secret", "secretKey", "rawKey", "password", "apiKey", "api_key", "authorization", "subscribeKey", "refreshToken",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> WhereKeysAre = new[] { "value", "raw", "key" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True where an answer is rows or a file: large, and never keys.</summary>
    public static bool IsContent(string path)
    {
        var way = Way(path);
        return way.EndsWith("/records", StringComparison.Ordinal) || way.EndsWith("/cells", StringComparison.Ordinal)
            || way.EndsWith("/download", StringComparison.Ordinal) || way.EndsWith("/export", StringComparison.Ordinal)
            || way.EndsWith("/records.jsonl", StringComparison.Ordinal);
    }

    /// <summary>The path with the values of telling parameters left out.</summary>
    public static string Path(string path)
    {
        var mark = path.IndexOf('?', StringComparison.Ordinal);
        if (mark < 0)
        {
            return path;
        }

        var parts = path[(mark + 1)..].Split('&').Select(part => part.Split('=', 2) is [var name, _] && Everywhere.Contains(name) ? $"{name}={Mask}" : part);
        return path[..(mark + 1)] + string.Join('&', parts);
    }

    /// <summary>The JSON with its secrets replaced; null when it is no JSON, so that nothing can be said of it.</summary>
    public static byte[]? Json(string path, ReadOnlySpan<byte> json)
    {
        var telling = IsTelling(path);
        try
        {
            var reader = new Utf8JsonReader(json);
            var output = new ArrayBufferWriter<byte>(json.Length + 64);
            using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                var name = string.Empty;
                while (reader.Read())
                {
                    name = Copy(ref reader, writer, name, telling);
                }
            }

            return output.WrittenSpan.ToArray();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer, string name, bool telling)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                name = reader.GetString()!;
                writer.WritePropertyName(name);
                return name;
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                return name;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(Everywhere.Contains(name) || (telling && WhereKeysAre.Contains(name)) ? Mask : reader.GetString());
                return name;
            case JsonTokenType.Number:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                writer.WriteBooleanValue(reader.GetBoolean());
                break;
            case JsonTokenType.Null:
                writer.WriteNullValue();
                break;
        }

        return string.Empty;
    }

    private static bool IsTelling(string path)
    {
        var way = Way(path);
        return way.StartsWith("v1/secrets", StringComparison.Ordinal) || way.StartsWith("v1/auth", StringComparison.Ordinal)
            || way.Contains("token", StringComparison.OrdinalIgnoreCase) || way.StartsWith("v1/subscription", StringComparison.Ordinal);
    }

    private static string Way(string path) => path.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? path[..mark] : path;
}
