using Contracts.Services;
using Flatfile.Agent.Handlers.Egress.Database;
using Flatfile.Agent.Handlers.Tests.Export;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Tests.Egress.Database;

/// <summary>Rows out of the real server into a real PostgreSQL.</summary>
[Collection(PostgresCollection.Name)]
public sealed class SubmitToDatabaseTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string People =
        """"
        CREATE TABLE "peo""ple" (n integer PRIMARY KEY, name varchar(10) NOT NULL, "Amount ""net""" numeric(10,2), born date, member boolean, tags text[], at timestamptz, note jsonb,
                                 mood text CHECK (mood <> 'grim'), id bigint GENERATED ALWAYS AS IDENTITY)
        """";

    private ExportWorld _world = null!;
    private string _database = "";

    public async Task InitializeAsync()
    {
        _world = await ExportWorld.StartAsync(ExportWorld.Sheet(
            "People", ("n", PropertyType.Number), ("name", PropertyType.String), ("amount", PropertyType.Number), ("born", PropertyType.Date), ("member", PropertyType.Boolean),
            ("tags", PropertyType.StringList), ("at", PropertyType.String), ("note", PropertyType.String), ("mood", PropertyType.String)));
        if (PostgresCluster.Missing is null)
        {
            _database = await postgres.Cluster.CreateDatabaseAsync();
        }
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [PostgresFact]
    public async Task ValuesOfEveryTypeArriveAndARowThatIsThereIsChanged()
    {
        await SqlAsync(People);
        await SqlAsync("""INSERT INTO "peo""ple" (n, name) VALUES (2, 'old')""");
        await _world.AddAsync(0,
            """{"n":1,"name":"Ada","amount":1234567.89,"born":"1815-12-10","member":true,"tags":["a","b"],"at":"2026-01-31T10:30:00Z","note":"it's \"x\"","mood":"fine"}""",
            """{"n":2,"name":"'); DROP"}""");

        var result = await SubmitAsync();

        Assert.Equal("2 rows are written: People in public.peo\"ple (2).", result.Message);
        Assert.Equal(
            "1|Ada|1234567.89|1815-12-10|t|{a,b}|2026-01-31 10:30:00+00|\"it's \\\"x\\\"\"|fine",
            await SqlAsync(""""SELECT concat_ws('|', n, name, "Amount ""net""", born, member, tags, at, note, mood) FROM "peo""ple" WHERE n = 1""""));
        Assert.Equal("'); DROP", await SqlAsync("""SELECT name FROM "peo""ple" WHERE n = 2"""));
    }

    [PostgresFact]
    public async Task RefusedRowsComeBackAsMessagesAndTheOthersAreWritten()
    {
        await SqlAsync(People);
        await _world.AddAsync(0,
            [.. Enumerable.Range(1, 40).Select(i => $$"""{"n":{{i}},"name":"{{(i == 7 ? "longer than ten" : "x")}}","amount":{{(i == 9 ? "1.239" : "1.2300")}},"mood":"{{(i is 13 or 14 ? "grim" : "fine")}}"}"""),
                """{"n":41}""", """{"n":42.5,"name":"x"}"""]);

        var result = await SubmitAsync(settings: ("Database:BatchSize", "16"));

        Assert.StartsWith("36 rows are written: People in public.peo\"ple (36). 6 rows were refused: the reasons stand on their cells.", result.Message);
        Assert.Equal((42L, 36L, 6L), ((long)result.Details!["rowsRead"]!, (long)result.Details["rowsWritten"]!, (long)result.Details["rowsRefused"]!));
        Assert.Equal(36L, await SqlAsync("""SELECT count(*) FROM "peo""ple" """));
        Assert.Equal(
            [
                "13 mood: The database refused the row: new row for relation \"peo\"ple\" violates check constraint \"peo\"ple_mood_check\". Correct it, or see the owner of public.peo\"ple.",
                "14 mood: The database refused the row: new row for relation \"peo\"ple\" violates check constraint \"peo\"ple_mood_check\". Correct it, or see the owner of public.peo\"ple.",
                "41 name: The column name of the database must not be empty. Give a value.",
                "42.5 n: The column n of the database takes a whole number from -2147483648 to 2147483647. Correct the value.",
                "7 name: The column name of the database takes a text of at most 10 characters. Correct the value.",
                "9 amount: The column Amount \"net\" of the database takes a number with at most 2 digits behind the point. Correct the value.",
            ],
            await MessagesAsync());
    }

    [PostgresFact]
    public async Task OneKeyTwiceInABatchLeavesTheLaterRow()
    {
        await SqlAsync(People);
        await _world.AddAsync(0, """{"n":1,"name":"first"}""", """{"n":2,"name":"b"}""", """{"n":1,"name":"second"}""");

        var result = await SubmitAsync();

        Assert.Equal(3L, (long)result.Details!["rowsWritten"]!);
        Assert.Equal("second", await SqlAsync("""SELECT name FROM "peo""ple" WHERE n = 1"""));
    }

    /// <summary>A table without a key, where a repeat would show: death at every call of every life, each row once.</summary>
    [PostgresFact]
    public async Task KilledAnywhereEachRowIsThereOnce()
    {
        await SqlAsync("CREATE TABLE log (name text)");
        await _world.AddAsync(0, [.. Enumerable.Range(1, 25).Select(i => $$"""{"name":"{{i}}"}""")]);
        var inserts = new[] { ("Database:Tables:people:Table", "log"), ("Database:Tables:people:Key:0", ""), ("Database:Tables:people:Columns:name", "name"), ("Database:BatchSize", "10") };
        for (var place = 1; ; place++)
        {
            await SqlAsync("TRUNCATE log");
            var context = await _world.JobAsync();
            using var way = new DyingHandler(_world.Client.BaseAddress, place);
            using var client = way.Client(_world.Server.Key);
            var died = await Record.ExceptionAsync(() => RunAsync(context, client, ownTables: false, inserts));
            way.Revive();

            var result = await RunAsync(context, client, ownTables: false, inserts);

            Assert.Equal((25L, 25L), ((long)(await SqlAsync("SELECT count(*) FROM log"))!, (long)(await SqlAsync("SELECT count(DISTINCT name) FROM log"))!));
            Assert.Equal(25L, (long)result.Details!["rowsWritten"]!);
            if (died is null)
            {
                Assert.True(place > 8, $"Only {place} places were met.");
                break;
            }
        }
    }

    [PostgresFact]
    public async Task AllOrNothingWritesNothingWhenOneRowIsRefused()
    {
        await SqlAsync(People);
        await _world.AddAsync(0, """{"n":1,"name":"a"}""", """{"n":2,"name":"b","mood":"grim"}""");

        var fault = await Assert.ThrowsAsync<JobFailedException>(() => SubmitAsync(settings: ("Database:AllOrNothing", "true")));

        Assert.Equal("1 rows were refused, so none is written: the reasons stand on their cells. Correct them and submit again.", fault.Message);
        Assert.Equal(0L, await SqlAsync("""SELECT count(*) FROM "peo""ple" """));
        Assert.Single(await MessagesAsync());
    }

    [PostgresFact]
    public async Task AllThatStandsAgainstItIsToldBeforeTheFirstRow()
    {
        await SqlAsync("""CREATE TABLE "peo""ple" (n integer, name text NOT NULL, born integer, place point, must text NOT NULL, made text GENERATED ALWAYS AS (name || '!') STORED)""");
        await _world.AddAsync(0, """{"n":1,"name":"a"}""");

        var fault = await Assert.ThrowsAsync<JobFailedException>(() => SubmitAsync(settings:
        [
            ("Database:Tables:people:Columns:born", "born"), ("Database:Tables:people:Columns:at", "place"), ("Database:Tables:people:Columns:mood", "made"),
            ("Database:Tables:people:Columns:nobody", "name"), ("Database:Tables:people:Columns:note", "nowhere"),
        ]));

        Assert.Contains("The field 'born' is of type date and the column 'born' of public.peo\"ple of type integer.", fault.Message);
        Assert.Contains("The column 'place' of public.peo\"ple has the type point, which is not written to.", fault.Message);
        Assert.Contains("The column 'made' of public.peo\"ple is computed by the database", fault.Message);
        Assert.Contains("The sheet 'people' has no field 'nobody'.", fault.Message);
        Assert.Contains("has no column 'nowhere' for the field 'note'.", fault.Message);
        Assert.Contains("The column 'must' of public.peo\"ple must have a value and no field gives it one.", fault.Message);
        Assert.Contains("has no unique index over exactly (n)", fault.Message);
        Assert.Equal(0L, await SqlAsync("""SELECT count(*) FROM "peo""ple" """));
    }

    [PostgresFact]
    public async Task ADryRunShowsThePlanAndDoesNothing()
    {
        await SqlAsync(People);
        await _world.AddAsync(0, """{"n":1,"name":"a"}""");

        var result = await SubmitAsync("""{"dryRun":true}""");

        Assert.StartsWith("The rows of 'People' would be inserted into public.peo\"ple, or change those with the same n: n to n (integer), ", result.Message);
        Assert.Contains("amount to Amount \"net\" (numeric(10,2))", result.Message);
        Assert.Contains("ON CONFLICT (\"n\") DO UPDATE SET \"name\" = EXCLUDED.\"name\", \"Amount \"\"net\"\"\" = EXCLUDED.\"Amount \"\"net\"\"\"", (string)result.Details!["statements"]![0]!["statement"]!);
        Assert.Equal(0L, await SqlAsync("""SELECT count(*) FROM "peo""ple" """));
        Assert.Equal(0L, await SqlAsync("SELECT count(*) FROM pg_tables WHERE tablename = 'flatfile_egress'"));
    }

    [PostgresFact]
    public async Task AJobMayNotNameAnotherDatabaseOrTable()
    {
        await SqlAsync(People);
        await SqlAsync("CREATE TABLE other (n integer PRIMARY KEY, name text)");
        await _world.AddAsync(0, """{"n":1,"name":"a"}""");

        await SubmitAsync("""{"connectionString":"Host=evil","tables":{"people":{"table":"other"}},"ledger":"other"}""");

        Assert.Equal((0L, 1L), ((long)(await SqlAsync("SELECT count(*) FROM other"))!, (long)(await SqlAsync("""SELECT count(*) FROM "peo""ple" """))!));
    }

    private async Task<JobResult> SubmitAsync(string? input = null, params (string Key, string Value)[] settings) => await RunAsync(await _world.JobAsync(input), _world.Client, ownTables: true, settings);

    private Task<JobResult> RunAsync(TestJobContext context, FlatfileClient client, bool ownTables, params (string Key, string Value)[] settings)
    {
        Dictionary<string, string?> all = new() { ["Database:ConnectionString"] = postgres.Cluster.ConnectionString(_database), ["Database:Filter"] = "all" };
        if (ownTables)
        {
            all["Database:Tables:people:Table"] = "peo\"ple";
            all["Database:Tables:people:Key:0"] = "n";
            foreach (var field in (string[])["n", "name", "born", "member", "tags", "at", "note", "mood"])
            {
                all[$"Database:Tables:people:Columns:{field}"] = field;
            }

            all["Database:Tables:people:Columns:amount"] = "Amount \"net\"";
        }

        foreach (var (key, value) in settings.Where(s => s.Value.Length > 0))
        {
            all[key] = value;
        }

        return new SubmitToDatabase(client, new ConfigurationBuilder().AddInMemoryCollection(all).Build()).RunAsync(context, CancellationToken.None);
    }

    private async Task<object?> SqlAsync(string sql) => await postgres.Cluster.RunAsync(_database, sql);

    private async Task<List<string>> MessagesAsync()
    {
        var messages = new List<string>();
        await foreach (var page in _world.Client.Records.ReadPagesAsync(_world.Workbook.Sheets[0].Id))
        {
            messages.AddRange(page.Records.SelectMany(r => r.Values.SelectMany(v => (v.Value.Messages ?? []).Select(m => $"{r.Values["n"].Value} {v.Key}: {m.Message}"))));
        }

        return [.. messages.Order(StringComparer.Ordinal)];
    }
}
