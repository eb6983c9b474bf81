using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>Takes from a job's input how its file is to be read.</summary>
internal static class ReadingInput
{
    private const string Member = "reading";

    /// <returns>Null when nothing was said.</returns>
    /// <exception cref="JobFailedException">A member is unknown or of the wrong kind.</exception>
    public static ReadOptions? Of(JsonObject? input)
    {
        if (input?[Member] is not { } reading)
        {
            return null;
        }

        try
        {
            return reading.Deserialize(ReadingJson.Default.ReadOptions);
        }
        catch (JsonException fault)
        {
            throw new JobFailedException(
                $"The job's input 'reading' says how to read the file, and cannot be used: {Reason(fault)}. Its members are format, encoding, delimiter, quote, escape, headerRow, headerRows, tables, hiddenSheets, recordPath, pathSeparator and password; leave out what is to be found by itself.",
                fault);
        }
    }

    private static string Reason(JsonException fault) => fault.Path is { Length: > 2 } path ? $"'{path[2..]}' is not known or not of the right kind" : "it is no object";
}

/// <summary>Reads <see cref="ReadOptions"/>.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReadOptions))]
internal sealed partial class ReadingJson : JsonSerializerContext;
