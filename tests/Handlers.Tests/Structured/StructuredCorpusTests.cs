using System.Text.Json;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Structured;

/// <summary>Every file of the corpus of JSON, XML, HTML and archives reads as its sidecar says.</summary>
public sealed class StructuredCorpusTests
{
    private const string Sidecar = ".expected.json";

    private static readonly string Folder = Path.Combine(TestData.Folder, "corpus", "structured");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*" + Sidecar).Select(f => Path.GetFileName(f)[..^Sidecar.Length]).Order(StringComparer.Ordinal)];

    [Fact]
    public void TheWholeCorpusIsHere()
    {
        Assert.InRange(Names.Count, 85, 1000);
        var files = Directory.GetFiles(Folder).Select(f => Path.GetFileName(f)!).Where(f => f != "README.md" && !f.EndsWith(Sidecar, StringComparison.Ordinal));
        Assert.Equal(Names.Count, files.Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task EveryFileReadsAsItsSidecarSays(string name)
    {
        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, name + Sidecar)));
        var wanted = expected.RootElement;

        var file = await TablesRead.FromBytesAsync(await File.ReadAllBytesAsync(Path.Combine(Folder, name)), name, Options(wanted));

        Assert.Equal(Text(wanted, "format"), file.Format);
        Assert.Equal(wanted.GetProperty("tables").EnumerateArray().Select(Shown), file.Tables.Select(Shown));
        Assert.StartsWith(Text(wanted, "fault") ?? "", file.Fault ?? "");
        Assert.Equal(wanted.TryGetProperty("fault", out _), file.Fault is not null);
        if (Text(wanted, "encoding") is { } encoding)
        {
            Assert.StartsWith(encoding + ":", file.Decided("encoding"));
        }

        if (wanted.TryGetProperty("leftOut", out var left))
        {
            Assert.Equal(left.EnumerateArray().Select(l => l.GetString()!), file.Decisions.Where(d => d.Property == "leftOut").SelectMany(d => d.Value.Split(", ")));
        }
    }

    private static ReadOptions Options(JsonElement wanted) =>
        wanted.TryGetProperty("options", out var options) ? new ReadOptions { RecordPath = Text(options, "recordPath") } : ReadOptions.Auto;

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Shown(TableRead table) => Shown(table.Name, table.Labels, table.Rows, table.Refused.Count);

    private static string Shown(JsonElement table) => Shown(
        Text(table, "name")!, Texts(table.GetProperty("labels")), table.GetProperty("rows").EnumerateArray().Select(Texts), table.TryGetProperty("refused", out var refused) ? refused.GetInt32() : 0);

    private static string Shown(string name, IEnumerable<string> labels, IEnumerable<IEnumerable<string>> rows, int refused) =>
        $"{name}, {refused} refused\n{string.Join('|', labels)}\n{string.Join('\n', rows.Select(r => string.Join('|', r)))}";

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(t => t.GetString()!)];
}
