using System.Text.Json;

namespace Flatfile.Agent.Core.Recording;

/// <summary>What a recording's writer and reader agree on.</summary>
internal static class RecordingText
{
    public const int Version = 1;
    public const string Extension = ".jsonl";

    /// <summary>JSON that may be spread over lines, written on one.</summary>
    public static void WriteOnOneLine(Utf8JsonWriter writer, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        document.RootElement.WriteTo(writer);
    }
}
