using Flatfile.Agent.Handlers.Reading;
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
            }
        }

        Accuracy[] all = [encoding, delimiter, quote, escape, tables, header, labels, cells];
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

    private static bool Same(ExpectedTable wanted, ReadFile.Table table) =>
        wanted.Rows == table.Rows.Count && wanted.Refused.SequenceEqual(table.Refused)
        && (wanted.Sha256 is { } hash
            ? hash == table.Sha256
            : wanted.Cells!.Zip(table.Rows).All(r => r.First.SequenceEqual(r.Second)));
}
