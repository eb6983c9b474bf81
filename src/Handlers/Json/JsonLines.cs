using System.Text.Json;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Json;

/// <summary>Tells files with a value on each line from other JSON.</summary>
internal static class JsonLines
{
    private const int LookedAt = 20;

    public static IReadOnlyList<string> Extensions { get; } = [".jsonl", ".ndjson", ".jsonlines", ".ldjson", ".ldj"];

    /// <summary>Whether most of the first lines are whole values, and more than one is.</summary>
    /// <param name="head">The first bytes of the file, as UTF-8.</param>
    /// <param name="isWhole">They are the whole file.</param>
    /// <param name="extension">With the dot, in lower case.</param>
    public static bool Recognise(ReadOnlySpan<byte> head, bool isWhole, string extension)
    {
        var (whole, broken) = (0, 0);
        while (!head.IsEmpty && whole + broken < LookedAt)
        {
            var end = head.IndexOf((byte)'\n');
            if (end < 0 && !isWhole)
            {
                break;
            }

            var line = end < 0 ? head : head[..end];
            head = end < 0 ? default : head[(end + 1)..];
            if (line.IndexOfAnyExcept(" \t\r\u001E"u8) is var start and >= 0)
            {
                _ = FaultOf(line[start..]) is null ? whole++ : broken++;
            }
        }

        var named = Extensions.Contains(extension);
        return named ? whole > broken || (whole == 0 && broken == 0) : whole > 1 && whole > broken;
    }

    /// <summary>Why a line is not one whole value; null when it is.</summary>
    public static string? FaultOf(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = TableLimits.JsonDepth });
        try
        {
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException fault)
        {
            return $"column {(fault.BytePositionInLine ?? 0) + 1}: {JsonFault.Reason(fault)}";
        }
    }
}
