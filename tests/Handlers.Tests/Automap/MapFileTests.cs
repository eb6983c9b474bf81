using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Automap;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Automap;

public sealed class MapFileTests
{
    private readonly FlatfileDouble _flatfile = new();

    [Fact]
    public async Task RowsGoToTheSheetThatClaimsThemAndUnmappedColumnsAreNamed()
    {
        var (context, target) = NewJob(_flatfile, ["id", "Full name", "Shoe size"], ["id", "full_name"], 3);
        ((JsonObject)_flatfile.Rows.Values.First(r => r.Count > 0)[1]["values"]!).Remove("c1");

        var result = await RunAsync(context, _flatfile);

        Assert.Equal("3 rows of people.csv are in People. These columns have no field there and stay in the file's own sheet: Shoe size (3 values, the first in row 1).", result.Message);
        Assert.Equal(
            """{"claimed":true,"rowsRead":3,"rowsWritten":3,"rowsRefused":0,"refused":[],"workbookId":"WB","sheetId":"SH","sheetSlug":"people","mapped":[{"from":"id","to":"id","confidence":1,"reason":"the same name"},{"from":"Full name","to":"full_name","confidence":0.98,"reason":"the same name in another spelling"}],"unmapped":["Shoe size"],"leftBehind":[{"column":"Shoe size","rows":3,"firstRow":1}]}""",
            result.Details!.ToJsonString().Replace((string)result.Details["workbookId"]!, "WB").Replace(target, "SH"));
        Assert.Equal([["v1.0", "v1.1"], ["v2.0", null], ["v3.0", "v3.1"]], _flatfile.TextOf(target, "id", "full_name"));
    }

    [Fact]
    public async Task AFileNobodyClaimsStaysWhereItIsAndItsJobCompletes()
    {
        var (context, target) = NewJob(_flatfile, ["x", "y"], ["id", "full_name"], 2);

        var result = await RunAsync(context, _flatfile);

        Assert.False((bool)result.Details!["claimed"]!);
        Assert.Equal("none of its columns has the name of a field", (string)result.Details["reason"]!);
        Assert.Equal("people.csv stays a sheet of its own with 2 rows: none of its columns has the name of a field.", result.Message);
        Assert.Empty(_flatfile.Rows[target]);
    }

    [Fact]
    public async Task ASpaceWithoutPrimaryWorkbookClaimsNothing()
    {
        var (context, _) = NewJob(_flatfile, ["id"], ["id"], 1);
        _flatfile.Spaces.Values.Single()["primaryWorkbookId"] = null;

        var result = await RunAsync(context, _flatfile);

        Assert.Equal("the space has no primary workbook", (string)result.Details!["reason"]!);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ADeathAtAnyPageDoublesNothing(bool heard)
    {
        for (var death = 1; death <= 4; death++)
        {
            var flatfile = new FlatfileDouble();
            var (context, target) = NewJob(flatfile, ["id", "full_name"], ["id", "full_name"], 11_321);
            var inserts = 0;
            void Die(string call)
            {
                if (call.StartsWith("POST sheets", StringComparison.Ordinal) && ++inserts == death)
                {
                    throw new Crash();
                }
            }

            flatfile.Before = heard ? _ => { } : Die;
            flatfile.After = heard ? Die : _ => { };
            Assert.Equal(death <= 3, await Record.ExceptionAsync(() => RunAsync(context, flatfile)) is Crash);
            (flatfile.Before, flatfile.After) = (_ => { }, _ => { });
            var result = await RunAsync(context, flatfile);

            Assert.Equal(11_321L, (long)result.Details!["rowsWritten"]!);
            Assert.Equal(Enumerable.Range(1, 11_321).Select(i => $"v{i}.0"), flatfile.TextOf(target, "id").Select(r => r[0]));
        }
    }

    [Fact]
    public async Task ADeathBeforeACheckpointDoublesNothing()
    {
        for (var death = 1; death <= 4; death++)
        {
            var flatfile = new FlatfileDouble();
            var (context, target) = NewJob(flatfile, ["id"], ["id"], 12_000);
            var saves = 0;
            context.BeforeSave = () => _ = ++saves == death ? throw new Crash() : 0;

            await Assert.ThrowsAsync<Crash>(() => RunAsync(context, flatfile));
            await RunAsync(context, flatfile);

            Assert.Equal(12_000, flatfile.Rows[target].Count);
        }
    }

    [Fact]
    public async Task EveryExtractedFileGetsOneAutomapJobHoweverOftenTheEventComes()
    {
        var @event = Events.Of("job:completed", new { fileId = "us_fl_1", jobId = "us_jb_9" }, new { job = "file:extract" });
        using var client = _flatfile.Client();
        for (var i = 0; i < 2; i++)
        {
            await new StartAutomap(client).HandleAsync(new TestEventContext(@event), CancellationToken.None);
        }

        var job = Assert.Single(_flatfile.Jobs).Value;
        Assert.Equal(("automap", "us_fl_1", "us_jb_9"), ((string)job["operation"]!, (string)job["source"]!, (string)job["input"]!["extractJobId"]!));
    }

    private static (TestJobContext Context, string TargetSheet) NewJob(FlatfileDouble flatfile, string[] columns, string[] fields, int rows)
    {
        var spaceId = flatfile.AddSpace();
        var own = Add(flatfile, spaceId, "[file] people.csv", "people.csv", columns.Select((c, i) => new Property { Key = $"c{i}", Label = c, Type = "string" }));
        var primary = Add(flatfile, spaceId, "Primary", "People", fields.Select(f => new Property { Key = f, Type = "string" }));
        flatfile.Spaces[spaceId]["primaryWorkbookId"] = (string)primary["id"]!;
        var fileId = flatfile.AddFile(spaceId, "people.csv", [1]);
        flatfile.Files[fileId]["workbookId"] = (string)own["id"]!;
        var source = flatfile.Rows[(string)own["sheets"]![0]!["id"]!];
        for (var i = 1; i <= rows; i++)
        {
            var values = new JsonObject(columns.Select((_, c) => KeyValuePair.Create($"c{c}", (JsonNode?)new JsonObject { ["value"] = $"v{i}.{c}" })));
            source.Add(new JsonObject { ["id"] = $"r{i}", ["values"] = values, ["valid"] = true });
        }

        flatfile.AddJob("us_jb_test", fileId);
        return (new TestJobContext(new { fileId }), (string)primary["sheets"]![0]!["id"]!);
    }

    private static JsonObject Add(FlatfileDouble flatfile, string spaceId, string name, string sheet, IEnumerable<Property> fields) =>
        flatfile.AddWorkbook(JsonSerializer.SerializeToNode(
            new WorkbookConfig { Name = name, SpaceId = spaceId, EnvironmentId = "us_env_1", Sheets = [new SheetConfig { Name = sheet, Slug = sheet.ToLowerInvariant(), Fields = [.. fields] }] },
            FlatfileJson.Default.WorkbookConfig)!.AsObject());

    private static async Task<JobResult> RunAsync(TestJobContext context, FlatfileDouble flatfile)
    {
        using var client = flatfile.Client();
        return await new MapFile(client).RunAsync(context, CancellationToken.None);
    }
}
