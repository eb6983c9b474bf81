using System.Text.Json.Nodes;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Dedupe;

/// <summary>Removing duplicates on the real server.</summary>
public sealed class DedupeTests : IAsyncLifetime
{
    private DedupeBench _bench = null!;

    public async Task InitializeAsync() => _bench = await DedupeBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task DedupeDeletesNoRowWithABlankKey()
    {
        await _bench.Sheet.InsertAsync([null, "Ann", "1"], ["a@x", "Bob", "2"], ["", "Cy", "3"], [null, "Di", "4"], ["  ", "Ed", "5"], ["a@x", "Flo", "6"], ["  ", "Gus", "7"]);

        var result = await _bench.DedupeAsync(new JsonObject { ["on"] = "mail" });

        Assert.Equal(["Ann", "Bob", "Cy", "Di", "Ed", "Gus"], (await _bench.RowsAsync()).Select(r => r.Split('/')[1]));
        Assert.Equal((7, 1, 1, 5), Numbers(result));
        Assert.Contains("5 rows have nothing in mail; they are compared with none and stay.", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("first", 0)]
    [InlineData("last", 12_345)]
    public async Task DuplicatesAcrossPagesAreFound(string keep, int stays)
    {
        await _bench.Sheet.InsertAsync([.. Enumerable.Range(0, 12_346).Select(i => new[] { i is 0 or 6_000 or 12_345 ? "same@x" : $"{i}@x", $"{i}", "1" })]);

        var result = await _bench.DedupeAsync(new JsonObject { ["on"] = "mail", ["keep"] = keep });

        Assert.Equal((12_346, 2, 2, 0), Numbers(result));
        var rows = await _bench.RowsAsync();
        Assert.Equal(12_344, rows.Count);
        Assert.Equal($"same@x/{stays}/1", Assert.Single(rows, r => r.StartsWith("same@x", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task MergeKeepsTheFirstAndFillsItsEmptyCellsFromTheOthers()
    {
        await _bench.Sheet.InsertAsync(["a@x", null, null], ["b@x", "Bob", "5"], ["a@x", "Ann", null], ["a@x", "Anna", "7"]);

        var result = await _bench.DedupeAsync(new JsonObject { ["on"] = "mail", ["keep"] = "merge" });

        Assert.Equal(["a@x/Ann/7", "b@x/Bob/5"], await _bench.RowsAsync());
        Assert.Equal((2, 1), ((long)result.Details!["cellsFilled"]!, (long)result.Details["cellsDiffering"]!));
    }

    [Fact]
    public async Task AChoiceOfAPluginDecidesWhichRowStays()
    {
        await _bench.Sheet.InsertAsync(["a@x", "Ann", "1"], ["b@x", "Bob", "5"], ["a@x", "Anna", "9"], ["a@x", "An", "3"]);

        await _bench.DedupeAsync(new JsonObject { ["on"] = "mail", ["keep"] = "oldest" }, new Oldest());

        Assert.Equal(["b@x/Bob/5", "a@x/Anna/9"], await _bench.RowsAsync());
    }

    [Fact]
    public async Task SeveralFieldsAreComparedEachForItselfAndCaseAndBlanksCountUnlessToldOtherwise()
    {
        await _bench.Sheet.InsertAsync(["a", "bc", "1"], ["ab", "c", "2"], ["A", "bc ", "3"], ["a", "bc", "4"]);
        var input = new JsonObject { ["on"] = new JsonArray("mail", "name") };

        Assert.Equal((4, 1, 0, 0), Numbers(await _bench.DedupeAsync(With(input, "preview"))));
        Assert.Equal((4, 2, 2, 0), Numbers(await _bench.DedupeAsync(With(With(input, "ignoreCase"), "trim"))));
        Assert.Equal(["a/bc/1", "ab/c/2"], await _bench.RowsAsync());
    }

    [Fact]
    public async Task APreviewTellsWhichRowsWouldGoAndChangesNothing()
    {
        await _bench.Sheet.InsertAsync(["a@x", "Ann", "1"], ["b@x", "Bob", "2"], ["a@x", "Anna", "3"]);
        var before = await _bench.Sheet.RowsAsync();

        var result = await _bench.DedupeAsync(new JsonObject { ["on"] = "mail", ["preview"] = true });

        Assert.Equal((3, 1, 0, 0), Numbers(result));
        var shown = Assert.Single(result.Details!["duplicatesShown"]!.AsArray())!;
        Assert.Equal((3, before[2].Id, 1, before[0].Id), ((long)shown["row"]!, (string)shown["recordId"]!, (long)shown["keptRow"]!, (string)shown["keptRecordId"]!));
        Assert.Equal(3, (await _bench.RowsAsync()).Count);
        Assert.Empty(await SnapshotsAsync());
    }

    [Theory]
    [InlineData("first")]
    [InlineData("merge")]
    public async Task UndoBringsTheRowsBack(string keep)
    {
        await _bench.Sheet.InsertAsync(["a@x", null, "1"], ["b@x", "Bob", "2"], ["a@x", "Anna", "3"]);
        var before = await _bench.RowsAsync();
        var removed = await _bench.DedupeAsync(new JsonObject { ["on"] = "mail", ["keep"] = keep });
        await _bench.Sheet.InsertAsync(["c@x", "New", "4"]);

        var result = await _bench.UndoAsync((string)removed.Details!["snapshotId"]!);

        Assert.Equal([.. before.Order(), "c@x/New/4"], (await _bench.RowsAsync()).Order());
        Assert.Equal("1 rows of People are back.", result.Message);
    }

    [Fact]
    public async Task UndoWithoutARemovalSaysSo()
    {
        var fault = await Assert.ThrowsAsync<JobFailedException>(() => _bench.UndoAsync());

        Assert.Equal("No removal of duplicates of People is known, so there is nothing to take back.", fault.Message);
    }

    [Theory]
    [InlineData("""{}""", "The option 'on' is missing: it names the field, or the fields, that duplicates agree in.")]
    [InlineData("""{"on":"email"}""", "People has no field 'email'. Its fields: mail, name, age.")]
    [InlineData("""{"on":"mail","keep":"best"}""", "The option 'keep' is 'best'. Known: first, last, merge.")]
    [InlineData("""{"on":"mail","keeps":"last"}""", "There is no option 'keeps'. Known: on, keep, ignoreCase, trim, preview.")]
    [InlineData("""{"on":"mail","preview":"yes"}""", "The option 'preview' must be true or false.")]
    [InlineData("""{"on":5}""", "The option 'on' must be a text.")]
    public async Task AWrongOptionFailsTheJobInWords(string input, string message)
    {
        var fault = await Assert.ThrowsAsync<JobFailedException>(() => _bench.DedupeAsync(JsonNode.Parse(input)!.AsObject()));

        Assert.Equal(message, fault.Message);
    }

    private static (long Rows, long Duplicates, long Deleted, long Blank) Numbers(JobResult result) =>
        ((long)result.Details!["rowsRead"]!, (long)result.Details["duplicates"]!, (long)result.Details["rowsDeleted"]!, (long)result.Details["rowsWithoutKey"]!);

    private static JsonObject With(JsonObject input, string flag)
    {
        var more = input.DeepClone().AsObject();
        more[flag] = true;
        return more;
    }

    private async Task<List<Snapshot>> SnapshotsAsync()
    {
        var all = new List<Snapshot>();
        await foreach (var snapshot in _bench.Client.Snapshots.ListAsync(_bench.Sheet.Sheet.Id))
        {
            all.Add(snapshot);
        }

        return all;
    }

    private sealed class Oldest : DuplicateChoice
    {
        public override string Name => "oldest";

        public override FlatfileRecord Choose(IReadOnlyList<FlatfileRecord> rows) => rows.MaxBy(r => r.GetNumber("age"))!;
    }
}
