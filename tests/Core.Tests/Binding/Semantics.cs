using System.Text.Json;

namespace Core.Tests.Binding;

/// <summary>The table of topic and filter semantics; every line was held against the official listener 1.1.2.</summary>
internal static class Semantics
{
    private static readonly JsonElement Table = Read();

    public static TheoryData<string, string, bool> Topics()
    {
        var data = new TheoryData<string, string, bool>();
        foreach (var line in Table.GetProperty("topics").EnumerateArray())
        {
            data.Add(line.GetProperty("glob").GetString()!, line.GetProperty("topic").GetString()!, line.GetProperty("match").GetBoolean());
        }

        return data;
    }

    /// <summary>Filter and members of the event as JSON, and whether they match.</summary>
    public static TheoryData<string, string, bool> Filters()
    {
        var data = new TheoryData<string, string, bool>();
        foreach (var line in Table.GetProperty("filters").EnumerateArray())
        {
            data.Add(line.GetProperty("filter").GetRawText(), line.GetProperty("event").GetRawText(), line.GetProperty("match").GetBoolean());
        }

        return data;
    }

    private static JsonElement Read()
    {
        using var stream = typeof(Semantics).Assembly.GetManifestResourceStream("semantics.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
