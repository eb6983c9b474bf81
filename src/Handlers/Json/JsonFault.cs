using System.Text.Json;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Json;

/// <summary>Says where a file stops being JSON.</summary>
internal static class JsonFault
{
    public static UnreadableFileException At(long line, long column, string reason) =>
        new($"This file is not valid JSON in line {line}, column {column}: {reason}. Correct it there, or export the file again, and upload it.");

    /// <summary>The parser's own reason without its position, which counts from the value.</summary>
    public static string Reason(JsonException fault)
    {
        var text = fault.Message;
        var position = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
        text = (position < 0 ? text : text[..position]).TrimEnd('.', ' ');
        return text.Contains("maximum configured depth", StringComparison.Ordinal)
            ? $"it is nested more than {TableLimits.JsonDepth} levels deep"
            : text;
    }
}
