using System.Globalization;
using System.Text;
using Flatfile.Spaces.Records;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Tests.Records;

public class SoughtIndexTests
{
    private const string Fields = """{"key":"t","type":"string"},{"key":"n","type":"number"},{"key":"e","type":"enum","config":{"options":[{"value":"a"},{"value":7}]}},{"key":"d","type":"date"}""";

    /// <summary>What is looked for, and whether an index finds it.</summary>
    public static TheoryData<string?, string?, string?, bool> Looks => new()
    {
        { "t eq x5", null, null, true },
        { "n eq 5", null, null, true },
        { "is valid and (t eq x5 and n gt 3)", null, null, true },
        { "e eq a", null, null, true },
        { "e eq 7", null, null, true },
        { null, "t", "\"x5\"", true },
        { null, "n", "\"5\"", true },
        { "t eq x5 or n eq 5", null, null, false },
        { "t ne x5", null, null, false },
        { "t like x5", null, null, false },
        { "t eq ''", null, null, false },
        { "d eq 2024-01-01", null, null, false },
        { "eq x5", null, null, false },
        { null, "t", "x5", false },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task AValueIsFoundByItsIndex(string? q, string? field, string? search, bool isSought)
    {
        var query = new RowQuery { Q = q, SearchField = field, SearchValue = search };
        await using var store = await Store.WithFieldsAsync(Fields);
        await store.InsertAsync("""[{"t":{"value":"x5"},"n":{"value":"05"},"e":{"value":"a"}},{"t":{"value":"y"},"n":{"value":5},"e":{"value":7}},{"n":{"value":"5x"}}]""");
        var before = await store.TextAsync(query);

        var plan = await store.WriteAsync((connection, schema) =>
        {
            foreach (var sought in Selection.Of(connection, schema, query).Sought)
            {
                Assert.True(SoughtIndexes.Make(connection, 1, sought, present => present[0]));
            }

            var selection = Selection.Of(connection, schema, query);
            using var explain = new Statement(connection, $"EXPLAIN QUERY PLAN SELECT x.* FROM {schema.Table} x WHERE {selection.Where} ORDER BY x.id LIMIT 10");
            var text = new StringBuilder();
            while (explain.Step())
            {
                text.AppendLine(explain.Text(3));
            }

            return text.ToString();
        });

        Assert.True(plan.Contains("USING INDEX u_1_", StringComparison.Ordinal) == isSought, plan);
        Assert.Equal(before, await store.TextAsync(query));
    }

    [Fact]
    public async Task ErrorsAreFoundByTheirIndex()
    {
        await using var store = await Store.WithFieldsAsync(Fields);
        var plans = await store.ReadAsync((connection, schema) => new[] { new RowQuery { Filter = "error" }, new RowQuery { Q = "is error" }, new RowQuery { Q = "n is error" }, new RowQuery { Filter = "error", FilterField = "n" } }
            .Select(query =>
            {
                using var explain = new Statement(connection, $"EXPLAIN QUERY PLAN SELECT x.* FROM {schema.Table} x WHERE {Selection.Of(connection, schema, query).Where} AND x.id >= 5 ORDER BY x.id LIMIT 10");
                explain.Step();
                return explain.Text(3);
            }).ToList());

        Assert.All(plans, plan => Assert.Contains("USING INDEX b_1", plan, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ASheetKeepsFewIndexesAndNoneThatItsRowsHaveOutgrown()
    {
        await using var store = await Store.WithFieldsAsync(string.Join(',', Enumerable.Range(0, 6).Select(i => $$"""{"key":"f{{i}}","type":"string"}""")));
        await store.InsertValuesAsync("f0", 1, "a");
        var kept = await store.WriteAsync((connection, schema) =>
        {
            foreach (var field in schema.Fields)
            {
                SoughtIndexes.Make(connection, 1, new SoughtColumn(field.Column, false), present => present[0]);
            }

            return SoughtIndexes.Of(connection, 1).Select(sought => sought.Column).ToList();
        });
        await store.InsertValuesAsync("f0", 1, "b");
        var afterOne = await CountAsync();
        await store.InsertValuesAsync("f0", 1, new string?[50_001]);

        Assert.Equal([2, 3, 4, 5], kept);
        Assert.Equal((SoughtIndexes.Most, 0), (afterOne, await CountAsync()));
        Assert.True(await store.CountsAreTrueAsync());

        async Task<int> CountAsync() => (int)(await store.ReadAsync((connection, _) => Statement.Scalar(connection, "SELECT COUNT(*) FROM sqlite_master WHERE name LIKE 'u\\_%' ESCAPE '\\'")))!;
    }

    [Fact]
    public async Task TheFirstLookAsksForAnIndexOfALargeSheet()
    {
        await using var bench = await SheetBench.WithFieldsAsync("""{"key":"t","type":"string"}""");
        var body = new StringBuilder("[");
        for (var i = 0; i < SoughtIndexes.LeastRows; i++)
        {
            body.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{{\"t\":{{\"value\":\"x{i}\"}}}}");
        }

        await bench.InsertAsync(body.Append(']').ToString());
        var folder = await bench.Server.SpaceFolderAsync(bench.Space);

        Assert.Single(await bench.RowsAsync("?q=t+eq+x77"));
        await IndexAsync();
        Assert.Single(await bench.RowsAsync("?q=t+eq+x77"));

        async Task IndexAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (await folder.ReadAsync(read => read.Connection.Number("SELECT count(*) FROM record_sought"), CancellationToken.None) == 0)
            {
                Assert.False(limit.IsCancellationRequested, "Waited 30 s for the index of the column that was looked in.");
                await Task.Delay(5);
            }
        }
    }
}
