using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Api;

namespace Flatfile.Spaces.Tests.Records;

/// <summary>The C# client's calls that change records in bulk, keep snapshots and views, against the server.</summary>
public sealed class TypedClientTests
{
    [Fact]
    public async Task EveryCallOfTheAreaIsUnderstoodByTheServer()
    {
        await using var bench = await SheetBench.WithFieldsAsync("""{"key":"name","type":"string"},{"key":"age","type":"number"}""");
        using var client = new FlatfileClient(new FlatfileClientOptions { BaseAddress = bench.Server.Address, Token = bench.Server.Access.DevelopmentKey });
        var sheet = bench.Sheet;

        var written = await client.Records.WriteLinesAsync(sheet, [Line("Ann", 1), Line("Bob", 2), Line("Eve", 3)], new RecordLinesWrite { Truncate = true });
        Assert.Equal((3, 0, 0), (written.Created, written.Updated, written.Deleted));
        var snapshot = await client.Snapshots.CreateAsync(new SnapshotConfig { SheetId = sheet, Label = "first" });

        var replaced = await client.Records.FindAndReplaceAsync(sheet, new FindReplace { FieldKey = "name", Find = Json("\"a\""), Replace = Json("\"o\"") }, new RecordQuery { Q = "age lt 3" });
        Assert.NotNull(replaced.CommitId);
        await client.Records.BulkUpdateAsync(
            sheet, new BulkUpdate(new Dictionary<string, CellValue> { ["age"] = new() { Value = Json("9") } }), new RecordQuery { SearchValue = "Eve" }, silent: true);
        Assert.Equal("onn Bob Eve", await bench.ValuesAsync("name"));
        Assert.Equal("1 2 9", await bench.ValuesAsync("age"));

        var summary = (await client.Snapshots.GetAsync(snapshot.Id, includeSummary: true)).Summary!;
        Assert.Equal(2, summary.UpdatedSince!.Total);
        Assert.Equal(1, summary.UpdatedSince.ByField!["name"]);
        Assert.Equal("unchanged", summary.SchemaDiff!["age"]);
        var diff = await client.Snapshots.GetRecordsAsync(snapshot.Id, ChangeType.UpdatedSince);
        Assert.Equal("Ann", diff[0].Values["name"].SnapshotValue!.Value.GetString());
        await client.Snapshots.RestoreAsync(snapshot.Id, new RestoreOptions(Created: true, Updated: true, Deleted: true));
        Assert.Equal("1 2 3", await bench.ValuesAsync("age"));
        Assert.Single(await Listed(client.Snapshots.ListAsync(sheet)));
        await client.Snapshots.DeleteAsync(snapshot.Id);

        var view = await client.Views.CreateAsync(new ViewConfig { SheetId = sheet, Name = "Errors", Config = new JsonObject { ["filter"] = "error" } });
        view = await client.Views.UpdateAsync(view.Id, new ViewUpdate { Name = "All errors" });
        Assert.Equal("All errors", (await client.Views.GetAsync(view.Id)).Name);
        Assert.Single(await Listed(client.Views.ListAsync(sheet)));
        await client.Views.DeleteAsync(view.Id);

        Assert.StartsWith("us_vr_", (await client.Versions.CreateIdAsync(new VersionConfig { SheetId = sheet })).VersionId);
        var copy = await client.Sheets.DuplicateAsync(sheet, new SheetDuplicate { Name = "Second" });
        Assert.Equal("Second", copy.Name);
        Assert.Equal(3, (await client.Sheets.GetRecordCountsAsync(copy.Id)).Total);
    }

    private static RecordLine Line(string name, int age) => new() { Values = new Dictionary<string, JsonElement> { ["name"] = Json($"\"{name}\""), ["age"] = Json($"{age}") } };

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static async Task<List<T>> Listed<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
