using System.Text.Json;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;
using Configure = Flatfile.Agent.Handlers.ConfigureSpace.ConfigureSpace;

namespace Flatfile.Agent.Handlers.Tests.TypedHooks;

/// <summary>A sheet, its keys and its typed rows, all from one class.</summary>
public sealed class TypedHookTests
{
    [Fact]
    public void TheClassIsTheSheet()
    {
        var sheet = Employee.Sheet;

        Assert.Equal(("Employees", "employees", "Who works here."), (sheet.Name, sheet.Slug, sheet.Description));
        Assert.Equal(
            ["number:number", "full_name:string", "born:date", "joined:date", "leaves:date", "salary:number", "isRemote:boolean", "contract:enum", "blood:enum", "languages:string-list", "teamCode:reference"],
            sheet.Fields.Select(f => $"{f.Key}:{f.Type}"));
        Assert.Equal(["Number", "Full name", "Born", "Joined", "Leaves", "Salary", "Is remote", "Contract", "Blood", "Languages", "Team code"], sheet.Fields.Select(f => f.Label));
        Assert.Equal(["required", "unique"], sheet.Fields[0].Constraints!.Select(c => c.Type));
        Assert.Equal(["Staff no.", "number"], sheet.Fields[0].AlternativeNames!);
        Assert.Equal("First and last name.", sheet.Fields[1].Description);
        Assert.Equal(["Permanent|Permanent|", "fixed|For a time|temp", "trial|Trial|"], sheet.Fields[7].Config!.Options!.Select(o => $"{o.Value}|{o.Label}|{string.Join(',', o.AlternativeNames ?? [])}"));
        Assert.Equal(["a|Blood A", "b|b"], sheet.Fields[8].Config!.Options!.Select(o => $"{o.Value}|{o.Label}"));
        Assert.Equal(("teams", "team_code", "has-one"), (sheet.Fields[10].Config!.Ref, sheet.Fields[10].Config!.Key, sheet.Fields[10].Config!.Relationship));
        Assert.Equal(["full_name", "born"], sheet.Constraints![0].Fields!);
        Assert.Equal(("warn", "salary > 0"), (sheet.Fields[5].Constraints![0].Config!.Level, sheet.Fields[5].Constraints![0].Config!.More!["expression"].GetString()));
        Assert.Equal("isRemote", Employee.Keys.IsRemote);
    }

    [Fact]
    public async Task AHookSeesTypedRowsAndWhatItChangesIsWrittenAndNothingElse()
    {
        var record = Record("""
            "number":7,"full_name":"ann","born":"1990-02-03","joined":"03/02/2020","leaves":null,"salary":"1,5","isRemote":true,"contract":"fixed","blood":"a","languages":["en","de"],"teamCode":"x"
            """);
        var hook = new Tidy();

        await hook.RunAsync([record], null!, CancellationToken.None);

        var seen = Assert.Single(hook.Seen);
        Assert.Equal((7, new DateOnly(1990, 2, 3), default(DateOnly), null, true, Contract.FixedTerm), (seen.Number, seen.Born, seen.Joined, seen.Salary, seen.IsRemote, seen.Contract));
        Assert.Equal(["en", "de", "fr"], seen.Languages!);
        Assert.Equal(
            ["number=7", "full_name=ANN", "born=", "joined=03/02/2020", "leaves=2030-01-01", "salary=1,5", "isRemote=false", "contract=trial", "blood=a", "languages=[\"en\",\"de\",\"fr\"]", "teamCode=x"],
            record.Fields.Select(key => $"{key}={record.GetText(key)}"));
        Assert.Equal("A trial.", Assert.Single(record.MessagesOf(Employee.Keys.Contract)).Text);
    }

    [Fact]
    public async Task ARowThatIsOnlyLookedAtIsNotWritten()
    {
        var record = Record("""
            "number":"7.0","full_name":"","born":"x","joined":"","salary":1e400,"isRemote":"yes","contract":"other","languages":[],"teamCode":5
            """);

        await new Looks().RunAsync([record], null!, CancellationToken.None);

        Assert.False(record.IsModified);
    }

    [Fact]
    public async Task ARowWhoseCheckThrowsIsTheOnlyOneThatFails()
    {
        var rows = new[] { Record("\"number\":1,\"full_name\":\"a\""), Record("\"number\":2,\"full_name\":\"bad\""), Record("\"number\":3,\"full_name\":\"c\"") };

        var fault = await Assert.ThrowsAsync<RowsFailedException>(() => new Looks().RunAsync(rows, null!, CancellationToken.None));

        Assert.Same(rows[1], Assert.Single(fault.Records));
        Assert.IsType<Crash>(fault.InnerException);
    }

    [Fact]
    public async Task TheWholeOfItWorksOnTheRealServer()
    {
        await using var sheet = await HookedSheet.StartAsync(Employee.Sheet, Team.Sheet);
        await sheet.InsertIntoAsync(sheet.Workbook.Sheets[1], [["x"]]);
        await sheet.NewCommitsAsync();
        await sheet.InsertAsync(
            ["1", "ann", "1990-02-03", "2020-01-01", "2019-01-01", "-5", "true", null, "a", null, "x"],
            ["2", "ann", "1990-02-03", "2020-01-01", null, "5000000", "true", "fixed", "z", null, "y"]);

        await sheet.RunAsync(new Looks());

        Assert.Equal(["This person is here twice.", "This person is here twice."], await sheet.MessagesAsync(Employee.Keys.Name));
        Assert.Equal(["Nobody leaves before joining.", ""], await sheet.MessagesAsync(Employee.Keys.Leaves));
        Assert.Equal(["This must hold: salary > 0", "That is too much."], await sheet.MessagesAsync(Employee.Keys.Salary));
        Assert.Equal(["trial", "fixed"], (await sheet.RowsAsync()).Select(r => r.Values["contract"].Value!.Value.GetString()));
        Assert.Equal(["", "No row of sheet 'teams' has this value in 'team_code'"], await sheet.MessagesAsync(Employee.Keys.TeamCode));
    }

    [Fact]
    public async Task ABlueprintOfClassesIsAppliedOnceAndARuleOfItThatCannotBeReadIsToldBefore()
    {
        await using var server = await SpacesServer.StartAsync();
        var spaceId = (await server.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Staff" })).Id;
        await ConfigureAsync(new Staff(Employee.Sheet, Team.Sheet));
        var first = await WorkbooksAsync();

        await ConfigureAsync(new Staff(Employee.Sheet, Team.Sheet));

        Assert.Equal(first.Select(w => (w.Id, w.UpdatedAt)), (await WorkbooksAsync()).Select(w => (w.Id, w.UpdatedAt)));
        var wrong = Team.Sheet with { Constraints = [SheetPart.SheetRule("code = 1", null, "error", "team_code")] };
        var fault = await Assert.ThrowsAsync<JobFailedException>(() => ConfigureAsync(new Staff(wrong)));
        Assert.Equal(
            "The blueprint Staff was not applied. Team: The rule of the sheet, code = 1, cannot be read. At character 1: there is no field 'code'. Fields: team_code. Texts stand in quotes.",
            fault.Message);

        Task ConfigureAsync(SpaceBlueprint blueprint) =>
            new Configure(server.Client, new Contributions<SpaceBlueprint>(blueprint)).RunAsync(new TestJobContext(new { spaceId, environmentId = server.EnvironmentId }), CancellationToken.None);

        async Task<List<Workbook>> WorkbooksAsync()
        {
            var workbooks = new List<Workbook>();
            await foreach (var workbook in server.Client.Workbooks.ListAsync(spaceId))
            {
                workbooks.Add(workbook);
            }

            return workbooks;
        }
    }

    private static FlatfileRecord Record(string cells)
    {
        using var values = JsonDocument.Parse("{" + cells + "}");
        var wire = string.Join(',', values.RootElement.EnumerateObject().Select(p => $$"""{{JsonSerializer.Serialize(p.Name)}}:{"value":{{p.Value.GetRawText()}},"messages":[]}"""));
        using var record = JsonDocument.Parse($$$"""{"id":"1","metadata":{},"config":{},"values":{{{{wire}}}}}""");
        return FlatfileRecord.FromJson(record.RootElement);
    }

    private sealed class Staff(params SheetConfig[] sheets) : SpaceBlueprint
    {
        public override string Name => "Staff";

        public override IReadOnlyList<WorkbookConfig> Workbooks => [new() { Name = "Staff", Sheets = sheets }];
    }

    private sealed class Tidy : RecordHook<Employee>
    {
        public List<Employee> Seen { get; } = [];

        protected override void Check(RecordRow<Employee> row)
        {
            var before = row.Values;
            Seen.Add(new Employee { Number = before.Number, Name = before.Name, Born = before.Born, Joined = before.Joined, Salary = before.Salary, IsRemote = before.IsRemote, Contract = before.Contract, Languages = [.. before.Languages!, "fr"] });
            row.Values.Name = before.Name.ToUpperInvariant();
            row.Values.Born = null;
            row.Values.Leaves = new DateOnly(2030, 1, 1);
            row.Values.IsRemote = false;
            row.Values.Contract = Contract.Trial;
            row.Values.Languages = Seen[0].Languages;
            row.AddInfo(Employee.Keys.Contract, "A trial.");
        }
    }

    private sealed class Looks : RecordHook<Employee>
    {
        protected override void Check(RecordRow<Employee> row)
        {
            if (row.Values.Name == "bad")
            {
                throw new Crash();
            }
        }
    }
}
