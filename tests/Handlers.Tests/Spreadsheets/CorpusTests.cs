using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Spreadsheets;

/// <summary>Workbooks of many programs, each beside what another reader finds in it.</summary>
public sealed class CorpusTests
{
    private static readonly string Folder = Path.Combine(TestData.Folder, "corpus", "spreadsheets");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.expected.json").Select(f => Path.GetFileName(f)[..^".expected.json".Length]).Order(StringComparer.Ordinal)];

    [Fact]
    public void TheCorpusIsThere() => Assert.InRange(Files.Count, 60, 1000);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task AFileIsReadAsAnotherReaderReadsIt(string name)
    {
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, name + ".expected.json")))!.AsObject();
        var bytes = await File.ReadAllBytesAsync(Path.Combine(Folder, name));
        if (expected["fault"] is { } fault)
        {
            Assert.Contains(fault.GetValue<string>(), (await ReadSheets.FaultAsync(bytes, name)).Message, StringComparison.Ordinal);
            return;
        }

        var options = new ReadOptions { HeaderRow = expected["options"]?["headerRow"]?.GetValue<int>() };
        var file = await ReadSheets.FromAsync(bytes, name, options);

        Assert.Equal(expected["sheets"]!.AsArray().Select(s => Lines(s!)), file.Sheets.Select(Lines));
    }

    private static string Lines(JsonNode sheet) => Lines(
        sheet["name"]!.GetValue<string>(), sheet["headerRow"]!.ToJsonString(), Texts(sheet["labels"]!), sheet["rows"]!.AsArray().Select(r => Texts(r!)));

    private static string Lines(ReadSheet sheet) => Lines(
        sheet.Name, sheet.Decisions.Single(d => d.Property == "headerRow").Value, sheet.Labels,
        sheet.Rows.Zip(sheet.Numbers, (row, number) => row.Select(c => c.Text).Prepend($"{number}")).Concat(sheet.Refused.Select(r => new[] { r })));

    private static string Lines(string name, string headerRow, IEnumerable<string> labels, IEnumerable<IEnumerable<string>> rows) =>
        string.Join('\n', rows.Select(Line).Prepend(Line(labels)).Prepend($"{name} {headerRow}"));

    private static string Line(IEnumerable<string> cells) => JsonSerializer.Serialize(cells);

    private static IEnumerable<string> Texts(JsonNode cells) => cells.AsArray().Select(c => c!.GetValue<string>());
}
