using System.Text.Json;
using Flow.Tests.Support;
using Xunit.Abstractions;

namespace Flow.Tests.Node;

/// <summary>The official JavaScript client, unmodified, against a running server.</summary>
public sealed class ClientTests(ITestOutputHelper output)
{
    [NodeFact]
    public async Task TheOfficialClientConfiguresInsertsPagesFiltersUpdatesUploadsAndFollowsTheJob()
    {
        await using var server = await ServedSpaces.StartAsync();

        var lines = await NodeProgram.RunAsync("client/first-steps.mjs", server.Environment, Path.Combine(Repository.AirportData, "countries.csv"));

        var found = lines[^1];
        output.WriteLine(found.GetRawText());
        Assert.Equal(["countries", "navaids", "regions", "runways"], Texts(found.GetProperty("sheets")).Order());
        Assert.True(found.GetProperty("inserted").GetBoolean());
        Assert.Equal([500, 500, 500, 500, 500, 500], found.GetProperty("pages").EnumerateArray().Select(p => p.GetInt32()));
        Assert.Equal([7, 8, 1007, 1008, 2007, 2008], found.GetProperty("errors").EnumerateArray().Select(p => p.GetInt32()));
        Assert.Equal(["required-constraint"], Texts(found.GetProperty("messages")));
        Assert.Equal("""{"name":"Repaired","age":7,"valid":true}""", found.GetProperty("repaired").GetRawText());
        Assert.Equal(5, found.GetProperty("errorsAfter").GetInt32());
        Assert.Equal("""{"name":"countries.csv","ext":"csv","size":24583}""", found.GetProperty("file").GetRawText());
        Assert.Equal("complete", found.GetProperty("job").GetProperty("status").GetString());
        Assert.Equal(249, found.GetProperty("job").GetProperty("rows").GetInt32());
        Assert.Equal(24_583, found.GetProperty("downloaded").GetInt32());
        Assert.Equal("""{"status":404,"errors":1}""", found.GetProperty("unknown").GetRawText());
    }

    /// <summary>One line per method goes to <c>artifacts/parity/methods.json</c>, from which the parity page is made.</summary>
    [NodeFact]
    public async Task EveryMethodOfTiersAAndBAnswersTheOfficialClientAsDocumented()
    {
        await using var server = await ServedSpaces.StartAsync("*");

        var lines = await NodeProgram.RunAsync("client/methods.mjs", server.Environment);

        var file = Path.Combine(Repository.Root, "artifacts", "parity", "methods.json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, $"[\n{string.Join(",\n", lines.Select(l => l.GetRawText()))}\n]\n");
        foreach (var tier in lines.GroupBy(l => Text(l, "tier")).OrderBy(g => g.Key))
        {
            output.WriteLine($"tier {tier.Key}: {string.Join(", ", tier.GroupBy(l => Text(l, "state")).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key}"))}");
        }

        Assert.Equal(275 + 4, lines.Count);
        Assert.Equal("", string.Join("\n", lines.Where(Fails).Select(l => $"{Text(l, "method")} {Text(l, "state")}: {Text(l, "detail")}")));
    }

    // A preview of a mutation would need a JavaScript engine: the one method that refuses, with its reason.
    private static bool Fails(JsonElement line) => Text(line, "tier") == "C"
        ? Text(line, "state") == "fail"
        : Text(line, "state") != (Text(line, "method") == "jobs.previewMutation" ? "refuses" : "pass");

    private static string Text(JsonElement line, string member) => line.GetProperty(member).GetString()!;

    private static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(t => t.GetString()!);
}
