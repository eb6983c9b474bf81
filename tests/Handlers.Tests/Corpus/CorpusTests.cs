using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Typing;
using Xunit.Abstractions;

namespace Flatfile.Agent.Handlers.Tests.Corpus;

public sealed class CorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void TheCorpusHasAtLeastThreeHundredFiles() => Assert.True(ExpectedFile.All.Count >= 300, $"{ExpectedFile.All.Count} files");

    [Fact]
    public async Task EveryPropertyIsFoundOftenEnough()
    {
        var (encoding, delimiter, quote, escape) = (new Accuracy("encoding", 0.98), new Accuracy("delimiter", 0.98), new Accuracy("quote", 0.98), new Accuracy("escape", 0.98));
        var (tables, header, labels, cells) = (new Accuracy("tables", 0.98), new Accuracy("header row", 0.98), new Accuracy("labels", 0.97), new Accuracy("rows and cells", 0.97));
        var types = new Accuracy("types of columns", 0.95);
        foreach (var sidecar in ExpectedFile.All)
        {
            var (expected, path) = ExpectedFile.Load(sidecar);
            var read = await ReadOrNothingAsync(path);
            var first = read.Tables.FirstOrDefault();
            encoding.Count(sidecar, expected.Encoding, read.Decisions.FirstOrDefault(d => d.Property == "encoding")?.Value);
            delimiter.Count(sidecar, expected.Delimiter, first?.Value("delimiter"));
            quote.Count(sidecar, expected.Quote, first?.Value("quote"));
            escape.Count(sidecar, expected.Escape, first?.Value("escape"));
            tables.Count(sidecar, $"{expected.Tables.Count}", $"{read.Tables.Count}");
            for (var i = 0; i < expected.Tables.Count; i++)
            {
                var (wanted, table) = (expected.Tables[i], read.Tables.ElementAtOrDefault(i));
                header.Count(sidecar, $"{wanted.HeaderRow}+{Math.Max(1, wanted.HeaderRows)}", $"{table?.Value("headerRow")}+{table?.Value("headerRows") ?? "1"}");
                labels.Count(sidecar, table is not null && wanted.Labels.SequenceEqual(table.Labels));
                cells.Count(sidecar, table is not null && Same(wanted, table));
                CountTypes(types, sidecar, wanted, table);
            }
        }

        Accuracy[] all = [encoding, delimiter, quote, escape, tables, header, labels, cells, types];
        var report = string.Join('\n', all.Select(a => a.ToString()));
        output.WriteLine(report);
        Assert.True(all.All(a => a.IsEnough), report);
    }

    private static async Task<ReadFile> ReadOrNothingAsync(string path)
    {
        try
        {
            return await ReadFile.FromPathAsync(path);
        }
        catch (UnreadableFileException)
        {
            return new ReadFile([], []);
        }
    }

    private static void CountTypes(Accuracy types, string sidecar, ExpectedTable wanted, ReadFile.Table? table)
    {
        if (wanted.Types is null || table is null || wanted.Labels.Count != table.Labels.Count)
        {
            return;
        }

        var typing = new FileTyping(table.Labels);
        foreach (var row in table.Rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                typing.Add(i, row[i]);
            }
        }

        foreach (var (expected, column) in wanted.Types.Zip(typing.Conclude()).Where(t => t.Second.Type != ColumnType.Empty))
        {
            types.Count($"{sidecar} '{column.Name}'", expected, AsAPersonSays(column.Type, expected));
        }
    }

    /// <summary>The seven words of the sidecars. Whole numbers that count nothing, such as ids, are called either way.</summary>
    private static string AsAPersonSays(ColumnType type, string? expected) => type switch
    {
        ColumnType.Identifier => expected == "integer" ? "integer" : "text",
        ColumnType.Integer or ColumnType.Date or ColumnType.DateTime or ColumnType.Time or ColumnType.Boolean => type.ToString().ToLowerInvariant(),
        ColumnType.Decimal or ColumnType.Percent or ColumnType.Amount => "decimal",
        ColumnType.Duration => "time",
        _ => "text",
    };

    private static bool Same(ExpectedTable wanted, ReadFile.Table table) =>
        wanted.Rows == table.Rows.Count && wanted.Refused.SequenceEqual(table.Refused)
        && (wanted.Sha256 is { } hash
            ? hash == table.Sha256
            : wanted.Cells!.Zip(table.Rows).All(r => r.First.SequenceEqual(r.Second)));
}
