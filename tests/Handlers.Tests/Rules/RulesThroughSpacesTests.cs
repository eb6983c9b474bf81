using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Rules;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Rules;

/// <summary>Rules of a blueprint on the real server: what they say of rows, and what becomes of the commit.</summary>
public sealed class RulesThroughSpacesTests
{
    [Fact]
    public async Task ARuleOfAFieldAndARuleOfTheSheetWriteTheirMessagesAndTakeThemBack()
    {
        await using var sheet = await HookedSheet.StartAsync(Sheet(
            [Field("from", PropertyType.Date), Field("to", PropertyType.Date), Field("age", PropertyType.Number, Rule("age >= 0", "An age is not negative."))],
            Rule("from <= to", null, "from", "to")));
        await sheet.InsertAsync(["2024-01-02", "2024-01-01", "-1"], ["2024-01-01", "2024-01-02", "1"], [null, "2024-01-01", null]);
        await sheet.RunAsync();

        Assert.Equal(["An age is not negative.", "", ""], await sheet.MessagesAsync("age"));
        Assert.Equal(["This must hold: from <= to", "", ""], await sheet.MessagesAsync("from"));
        Assert.Equal(["This must hold: from <= to", "", ""], await sheet.MessagesAsync("to"));

        var first = (await sheet.RowsAsync())[0];
        await sheet.Client.Records.UpdateAsync(sheet.Sheet.Id, [new() { Id = first.Id, Values = new() { ["to"] = new CellValue { Value = JsonSerializer.SerializeToElement("2024-05-05") } } }]);
        await sheet.RunAsync();

        Assert.Equal(["", "", ""], await sheet.MessagesAsync("from"));
        Assert.Equal(["An age is not negative.", "", ""], await sheet.MessagesAsync("age"));
    }

    [Fact]
    public async Task RulesSeeWhatHooksMadeOfTheRowAndHooksSeeDefaultsFilled()
    {
        await using var sheet = await HookedSheet.StartAsync(Sheet(
            [Field("name", PropertyType.String, Rule("name != 'FILLED'", "Not this one.")) with { Metadata = new JsonObject { ["default"] = "filled" } }, Field("age", PropertyType.Number)]));
        await sheet.InsertAsync([null, "1"], ["Ann", "2"]);

        await sheet.RunAsync(new Shout());

        Assert.Equal(["FILLED", "ANN"], (await sheet.RowsAsync()).Select(r => r.Values["name"].Value!.Value.GetString()));
        Assert.Equal(["The cell was empty; 'filled' stands in it because the field's blueprint says so.|Not this one.", ""], await sheet.MessagesAsync("name"));
    }

    [Fact]
    public async Task AReferenceRuleLooksEachValueUpInTheOtherSheetWhateverTheValuesHold()
    {
        string[] odd = ["plain", "it's", "say \"x\"", "back\\slash", "50%", "a_b", "(x) or 1 eq 1", "Ünï", "line\nend", " lead"];
        var codes = new SheetConfig { Name = "Codes", Slug = "codes", Fields = [Field("code", PropertyType.String)] };
        await using var sheet = await HookedSheet.StartAsync(Sheet([Field("code", PropertyType.String, Reference("codes", "code"))]), codes);
        await sheet.InsertIntoAsync(sheet.Workbook.Sheets[1], [.. odd.Select(o => new[] { o }), .. Enumerable.Range(0, 1_500).Select(i => new[] { $"c{i}" })]);
        await sheet.NewCommitsAsync();
        await sheet.InsertAsync([.. odd.Select(o => new[] { o }), ["PLAIN"], ["nowhere"], [null], [new string('x', 600)], .. Enumerable.Range(0, 1_600).Select(i => new[] { $"c{i}" })]);

        await sheet.RunAsync();

        var messages = await sheet.MessagesAsync("code");
        const string Missing = "No row of sheet 'codes' has this value in 'code'";
        Assert.Equal([.. odd.Select(_ => ""), Missing, Missing, "", Missing], messages[..(odd.Length + 4)]);
        Assert.Equal(100, messages[(odd.Length + 4)..].Count(m => m == Missing));
    }

    [Fact]
    public async Task AReferenceRuleLooksNumbersUpToo()
    {
        var numbers = new SheetConfig { Name = "Numbers", Slug = "numbers", Fields = [Field("number", PropertyType.Number)] };
        await using var sheet = await HookedSheet.StartAsync(Sheet([Field("number", PropertyType.Number, Reference("numbers", "number"))]), numbers);
        await sheet.InsertIntoAsync(sheet.Workbook.Sheets[1], [["1"], ["2.5"]]);
        await sheet.NewCommitsAsync();
        await sheet.InsertAsync(["1"], ["2.5"], ["25"]);

        await sheet.RunAsync();

        Assert.Equal(["", "", "No row of sheet 'numbers' has this value in 'number'"], await sheet.MessagesAsync("number"));
    }

    /// <summary>Uniqueness over several fields is the platform's: in the whole sheet, on both rows, and gone when one of them goes.</summary>
    [Fact]
    public async Task ValuesThatMustBeUniqueTogetherAreMarkedOnBothRowsAcrossPages()
    {
        var unique = new SheetConstraint { Type = ConstraintType.Unique, Name = "both", Fields = ["a", "b"], Strategy = "concat", Config = new() { Message = "Twice." } };
        await using var sheet = await HookedSheet.StartAsync(Sheet([Field("a", PropertyType.String), Field("b", PropertyType.String)], unique));
        await sheet.InsertAsync([.. Enumerable.Range(0, 10_500).Select(i => new[] { $"{i % 10_400}", "x" }), ["1", "y"]]);

        var messages = await sheet.MessagesAsync("a");

        Assert.Equal(200, messages.Count(m => m == "Twice."));
        Assert.Equal(("Twice.", "Twice.", ""), (messages[0], messages[10_400], messages[10_500]));
    }

    [Theory]
    [InlineData("""{"type":"external","validator":"expression","config":{"expression":"agee > 1"}}""", "The rule of field 'age', agee > 1, cannot be read. At character 1: there is no field 'agee'. Fields: age. Texts stand in quotes.")]
    [InlineData("""{"type":"external","validator":"expression"}""", "A rule of field 'age' has no text 'expression' in its config.")]
    [InlineData("""{"type":"external","validator":"reference","config":{"sheet":"others","field":"x"}}""", "The rule of field 'age' refers to the field 'x' of the sheet 'others', which is not in this workbook.")]
    [InlineData("""{"type":"external","validator":"compositeUnique"}""", "A rule of field 'age' is 'compositeUnique': write it as the sheet's own constraint,")]
    public async Task ARuleThatCannotBeReadIsToldOnEveryRowAndTheCommitStaysOpen(string constraint, string message)
    {
        await using var sheet = await HookedSheet.StartAsync(Sheet([Field("age", PropertyType.Number, JsonSerializer.Deserialize<Constraint>(constraint, JsonSerializerOptions.Web)!)]));
        await sheet.InsertAsync(["1"]);
        var commit = Assert.Single(await sheet.NewCommitsAsync());

        await Assert.ThrowsAsync<JobFailedException>(() => sheet.RunAsync(commit));

        Assert.StartsWith($"This row has not been checked. {message}", Assert.Single(await sheet.MessagesAsync("age")), StringComparison.Ordinal);
        Assert.True(await sheet.IsOpenAsync(commit));
    }

    [Fact]
    public async Task ValidatorsOfOthersAreLeftToThem()
    {
        await using var sheet = await HookedSheet.StartAsync(Sheet([Field("age", PropertyType.Number, new Constraint { Type = ConstraintType.External, Validator = "theirs" })]));
        await sheet.InsertAsync(["1"]);
        var commit = Assert.Single(await sheet.NewCommitsAsync());

        await sheet.RunAsync(commit);

        Assert.True(await sheet.IsOpenAsync(commit));
    }

    [Fact]
    public void ALookUpQuotesWhateverAValueHolds() =>
        Assert.Equal("""
            "a b" eq "x" or "a b" eq "\"\\ or"
            """, PresentValues.AnyOf("a b", ["x", "\"\\ or"]));

    private static SheetConfig Sheet(IReadOnlyList<Property> fields, params SheetConstraint[] constraints) =>
        new() { Name = "Rows", Slug = "rows", Fields = fields, Constraints = constraints };

    private static Property Field(string key, string type, params Constraint[] constraints) => new() { Key = key, Type = type, Constraints = constraints };

    private static Constraint Rule(string expression, string? message) =>
        new() { Type = ConstraintType.External, Validator = "expression", Config = Config(message, ("expression", expression)) };

    private static SheetConstraint Rule(string expression, string? message, params string[] fields) =>
        new() { Type = ConstraintType.External, Validator = "expression", Fields = fields, Config = Config(message, ("expression", expression)) };

    private static Constraint Reference(string sheet, string field) =>
        new() { Type = ConstraintType.External, Validator = "reference", Config = Config(null, ("sheet", sheet), ("field", field)) };

    private static ConstraintConfig Config(string? message, params (string Name, string Value)[] more) =>
        new() { Message = message, More = more.ToDictionary(m => m.Name, m => JsonSerializer.SerializeToElement(m.Value)) };

    private sealed class Shout : RecordHook
    {
        public override string SheetSlug => "rows";

        public override Task RunAsync(IReadOnlyList<FlatfileRecord> records, EventContext context, CancellationToken cancellationToken)
        {
            foreach (var record in records)
            {
                record.Set("name", record.GetText("name")?.ToUpperInvariant());
            }

            return Task.CompletedTask;
        }
    }
}
