using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Extraction;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Extraction;

public sealed class ExtractFileTests
{
    private readonly FlatfileDouble _flatfile = new();

    [Fact]
    public async Task AFileBecomesASheetOfTextWithEveryRowAccountedFor()
    {
        var (context, fileId) = NewJob("my list_2.csv", "Name,% of all,Name\nAda,1.50,x\nGrace,,\"a,b\"\nBad,1,2,3\n007,0,\n");

        var result = await RunAsync(context);

        Assert.Equal("4 rows read from my list_2.csv, 3 written, 1 refused. First refused: row 4 has 4 cells, the header has 3.", result.Message);
        var details = result.Details!;
        Assert.Equal((4L, 3L, 1L), ((long)details["rowsRead"]!, (long)details["rowsWritten"]!, (long)details["rowsRefused"]!));
        Assert.Equal("""[{"row":4,"reason":"row 4 has 4 cells, the header has 3"}]""", details["refused"]!.ToJsonString());
        var workbook = _flatfile.Workbooks[(string)details["workbookId"]!];
        Assert.Equal("[file] my list_2.csv", (string)workbook["name"]!);
        Assert.Equal("""["file"]""", workbook["labels"]!.ToJsonString());
        var config = workbook["sheets"]![0]!["config"]!;
        Assert.Equal(("my list_2", "my-list-2"), ((string)config["name"]!, (string)config["slug"]!));
        Assert.Equal(
            """[{"key":"name","type":"string","label":"Name"},{"key":"percent_of_all","type":"string","label":"% of all"},{"key":"name_1","type":"string","label":"Name"}]""",
            config["fields"]!.ToJsonString());
        Assert.Equal(
            [["Ada", "1.50", "x"], ["Grace", null, "a,b"], ["007", "0", null]],
            _flatfile.TextOf((string)details["sheetId"]!, "name", "percent_of_all", "name_1"));
        Assert.Equal(("complete", (string)details["workbookId"]!), ((string)_flatfile.Files[fileId]["status"]!, (string)_flatfile.Files[fileId]["workbookId"]!));
    }

    [Fact]
    public async Task OnlyAHeaderCompletesWithNoRows()
    {
        var (context, _) = NewJob("a.csv", "id,name\n");

        var result = await RunAsync(context);

        Assert.Equal("a.csv has a header and no rows.", result.Message);
        Assert.Equal(0L, (long)result.Details!["rowsRead"]!);
    }

    [Fact]
    public async Task MissingHeaderAndTitleLinesAreSaid()
    {
        var (context, _) = NewJob("a.csv", "Report of May\n\n1,Ada\n2,Grace\n");

        var result = await RunAsync(context);

        Assert.Equal(
            "2 rows read from a.csv, 2 written, 0 refused. Row 3 holds values like the rows below it, so no row names the columns. Rows 1-2 stand above the table and were left out: 'Report of May'.",
            result.Message);
    }

    [Theory]
    [InlineData("", "a.csv: This file is empty: it has no bytes at all. Upload a file with a header and rows.")]
    [InlineData("PK\u0003\u0004 xl/", "a.csv: This archive is damaged or cut off: its table of contents cannot be read. Download or pack it again, and upload it again.")]
    public async Task AFileThatCannotBeReadFailsItsJobAndItself(string content, string message)
    {
        var (context, fileId) = NewJob("a.csv", content);

        var fault = await Assert.ThrowsAsync<JobFailedException>(() => RunAsync(context));

        Assert.Equal(message, fault.Message);
        Assert.Equal("failed", (string)_flatfile.Files[fileId]["status"]!);
        Assert.Empty(_flatfile.Workbooks);
    }

    [Fact]
    public async Task AnOpenQuoteFarDownNamesItsRowAndKeepsTheNumbersTrue()
    {
        var (context, fileId) = NewJob("a.csv", Text(6000) + "\"open\n" + new string('y', 10));

        var fault = await Assert.ThrowsAsync<JobFailedException>(() => RunAsync(context));

        Assert.StartsWith("a.csv: Row 6002 (line 6002) opens a quoted cell that is never closed", fault.Message);
        Assert.Equal((6000L, 6000L), ((long)fault.Details!["rowsRead"]!, (long)fault.Details["rowsWritten"]!));
        Assert.Equal("failed", (string)_flatfile.Files[fileId]["status"]!);
        Assert.StartsWith("Row 6002 (line 6002)", (string)Ledger(fault.Details)["fault"]!);
    }

    [Fact]
    public async Task TheLedgerLiesBesideTheFileAndRefusedRowsStandAsTheyCame()
    {
        var (context, fileId) = NewJob("a.csv", "id,name\n1,\"Ada\"\n2,\"x\",3\n4,Grace,\"5\n6\"\n");

        var result = await RunAsync(context);

        var ledger = Ledger(result.Details!);
        Assert.Equal((fileId, "a.csv"), ((string)ledger["fileId"]!, (string)ledger["name"]!));
        Assert.Equal((3, 1, 2), ((int)ledger["rowsRead"]!, (int)ledger["rowsWritten"]!, (int)ledger["rowsRefused"]!));
        Assert.Equal((3, 1, 2), ((int)ledger["tables"]![0]!["rowsRead"]!, (int)ledger["tables"]![0]!["rowsWritten"]!, (int)ledger["tables"]![0]!["rowsRefused"]!));
        Assert.Equal([3, 4], ledger["refused"]!.AsArray().Select(r => (int)r!["row"]!));
        Assert.Equal("row 3 has 3 cells, the header has 2", (string)ledger["refused"]![0]!["reason"]!);
        Assert.Contains(ledger["tables"]![0]!["decisions"]!.AsArray(), d => ((string)d!["property"]!, (string)d["value"]!) == ("delimiter", "comma"));
        Assert.Equal("id,name\n2,\"x\",3\n4,Grace,\"5\n6\"\n", Encoding.UTF8.GetString(_flatfile.Contents[(string)result.Details!["refusedFileId"]!]));
    }

    [Fact]
    public async Task TheJobsInputOverrulesWhatIsFound()
    {
        var (context, fileId) = NewJob("a.csv", "1,Ada\n2,Grace\n");
        _flatfile.AddJob(context.JobId, fileId, new JsonObject { ["reading"] = new JsonObject { ["headerrow"] = "first" } });

        var fault = await Assert.ThrowsAsync<JobFailedException>(() => RunAsync(context));

        Assert.StartsWith("The job's input 'reading' says how to read the file, and cannot be used: 'headerrow' is not known or not of the right kind.", fault.Message);
    }

    [Fact]
    public async Task PagesAreFiveThousandRowsOrFewerWhenTheRowsAreLong()
    {
        var (context, _) = NewJob("a.csv", Text(12_001));
        await RunAsync(context);
        Assert.Equal(3, Inserts());

        var (wide, _) = NewJob("b.csv", "id,text\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i},{new string('x', 100_000)}\n")), "us_jb_wide");
        await RunAsync(wide);
        Assert.Equal(3 + 3, Inserts());
    }

    [Fact]
    public async Task ProgressFollowsTheBytesAndStaysBelowTheEnd()
    {
        var (context, _) = NewJob("a.csv", Text(50_000));

        await RunAsync(context);

        Assert.Equal(context.Percents.Order(), context.Percents);
        Assert.InRange(context.Percents[^1], 80, 99);
    }

    /// <summary>A death at every change the job makes, before and after the server heard of it: the next run ends with each row once.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ADeathAtAnyCallLosesAndDoublesNothing(bool heard)
    {
        for (var death = 1; ; death++)
        {
            var flatfile = new FlatfileDouble();
            var context = NewJob(flatfile, "a.csv", Text(11_321) + "bad,row,here\n", $"us_jb_{death}");
            var calls = 0;
            void Die(string call)
            {
                if (!call.StartsWith("GET", StringComparison.Ordinal) && Interlocked.Increment(ref calls) == death)
                {
                    throw new Crash();
                }
            }

            flatfile.Before = heard ? _ => { } : Die;
            flatfile.After = heard ? Die : _ => { };
            var died = await Record.ExceptionAsync(() => RunAsync(context, flatfile)) is not null;
            (flatfile.Before, flatfile.After) = (_ => { }, _ => { });

            var result = await RunAsync(context, flatfile);

            var rows = flatfile.TextOf((string)result.Details!["sheetId"]!, "id");
            Assert.Equal(Enumerable.Range(1, 11_321).Select(i => i.ToString()), rows.Select(r => r[0]));
            Assert.Equal((11_322L, 11_321L, 1L), ((long)result.Details["rowsRead"]!, (long)result.Details["rowsWritten"]!, (long)result.Details["rowsRefused"]!));
            Assert.Single(flatfile.Workbooks);
            if (!died)
            {
                // Workbook, file, three pages, refused rows, ledger, file: every one of them was the point of death once.
                Assert.Equal(9, death);
                Assert.Equal(["a.csv", "a.ledger.json", "a.refused.csv"], flatfile.Files.Values.Select(f => (string)f["name"]!).Order());
                return;
            }
        }
    }

    [Fact]
    public async Task ADeathBetweenTheAnswerAndTheCheckpointDoublesNothing()
    {
        for (var death = 1; death <= 4; death++)
        {
            var flatfile = new FlatfileDouble();
            var context = NewJob(flatfile, "a.csv", Text(11_321), $"us_jb_{death}");
            var saves = 0;
            context.BeforeSave = () =>
            {
                if (++saves == death)
                {
                    throw new Crash();
                }
            };

            await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(context, flatfile));
            var result = await RunAsync(context, flatfile);

            Assert.Equal(11_321, flatfile.Rows[(string)result.Details!["sheetId"]!].Count);
        }
    }

    [Fact]
    public async Task ARunAfterACrashPostsNoPageThatWasAcknowledged()
    {
        var (context, _) = NewJob("a.csv", Text(11_321));
        var pages = 0;
        _flatfile.Before = call =>
        {
            if (call.StartsWith("POST sheets", StringComparison.Ordinal) && ++pages == 3)
            {
                throw new Crash();
            }
        };
        await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(context));

        var again = new List<string>();
        _flatfile.Before = again.Add;
        await RunAsync(context);

        Assert.Equal(1, again.Count(c => c.StartsWith("POST sheets", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AWorkerThatGoesDownStopsTheRunAndTheNextFinishesIt()
    {
        var (context, fileId) = NewJob("a.csv", Text(11_321));
        _flatfile.After = call =>
        {
            if (call.StartsWith("POST sheets", StringComparison.Ordinal))
            {
                context.StoppingSource.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(context));

        var next = new TestJobContext(new { fileId }, context.JobId);
        var result = await RunAsync(next);

        Assert.Equal(11_321, _flatfile.Rows[(string)result.Details!["sheetId"]!].Count);
    }

    private JsonNode Ledger(JsonObject details) => JsonNode.Parse(_flatfile.Contents[(string)details["ledgerFileId"]!])!;

    private static string Text(int rows)
    {
        var text = new StringBuilder("id,name\n");
        for (var i = 1; i <= rows; i++)
        {
            text.Append(i).Append(",name of ").Append(i).Append('\n');
        }

        return text.ToString();
    }

    private static TestJobContext NewJob(FlatfileDouble flatfile, string name, string content, string jobId)
    {
        var fileId = flatfile.AddFile(flatfile.AddSpace(), name, Encoding.UTF8.GetBytes(content));
        flatfile.AddJob(jobId, fileId);
        return new(new { fileId, environmentId = "us_env_1" }, jobId);
    }

    private static async Task<JobResult> RunAsync(TestJobContext context, FlatfileDouble flatfile)
    {
        using var client = flatfile.Client();
        return await new ExtractFile(client).RunAsync(context, CancellationToken.None);
    }

    private (TestJobContext Context, string FileId) NewJob(string name, string content, string jobId = "us_jb_1")
    {
        var context = NewJob(_flatfile, name, content, jobId);
        return (context, context.Event.Context.FileId!);
    }

    private Task<JobResult> RunAsync(TestJobContext context) => RunAsync(context, _flatfile);

    private int Inserts() => _flatfile.Changes.Count(c => c.StartsWith("POST sheets", StringComparison.Ordinal));
}
