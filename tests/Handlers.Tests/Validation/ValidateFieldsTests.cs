using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.RecordHooks;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Agent.Handlers.Validation;
using Flatfile.Api;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Tests.Validation;

public sealed class ValidateFieldsTests
{
    [Fact]
    public async Task WrongValuesGetErrorsAndRightOnesAreOfferedTheirUsualForm()
    {
        var hook = ValidateFields.For("people", new Dictionary<string, ValueCheck> { ["iban"] = new IbanCheck(), ["email"] = new EmailCheck() });
        FlatfileRecord[] records = [Record("DE00", "a@b.de"), Record("de89 3704 0044 0532 0130 00", ""), Record("DE89370400440532013000", "nobody")];

        await hook.RunAsync(records, new TestEventContext(Events.Of("commit:created", new { })), CancellationToken.None);

        Assert.Equal(MessageLevel.Error, Assert.Single(records[0].MessagesOf("iban")).Level);
        Assert.Empty(records[0].MessagesOf("email"));
        Assert.Equal("The usual form is DE89370400440532013000.", Assert.Single(records[1].MessagesOf("iban")).Text);
        Assert.Equal("de89 3704 0044 0532 0130 00", records[1].GetText("iban"));
        Assert.Empty(records[2].MessagesOf("iban"));
        Assert.Single(records[2].MessagesOf("email"));
    }

    [Fact]
    public async Task ABlueprintsChecksRunForEachCommitOfItsSheet()
    {
        var records = new TestEventRecords([Json("DE00", "a@b.de"), Json("DE89370400440532013000", "a@b.de")]);
        var context = new TestEventContext(Events.Of("commit:created", new { sheetSlug = "accounts", commitId = "us_vr_1" }), records);

        await new RunRecordHooks(new Contributions<RecordHook>(), new Contributions<SpaceBlueprint>(new Banks("iban")), new FlatfileDouble().Client(), TimeProvider.System)
            .HandleAsync(context, CancellationToken.None);

        Assert.StartsWith("'DE00'", Assert.Single(Assert.Single(records.Written).MessagesOf("iban")).Text);
        Assert.Equal(["read 1", "update 1", "complete"], records.Calls);
    }

    [Fact]
    public void BlueprintsAndSettingsSayWhichFieldsAreChecked()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Validation:Sheets:orders:total", "number")]).Build();

        var hooks = FieldChecks.HooksFor([new Banks("iban")], settings);

        Assert.Equal(["accounts", "orders"], hooks.Select(h => h.SheetSlug));
    }

    [Fact]
    public void AnUnknownCheckIsSaidWithItsPlace()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => FieldChecks.HooksFor([new Banks("ibann")], null));

        Assert.StartsWith("The check 'ibann' of the field 'iban' of the sheet 'Accounts' is not known. There are: email, ", fault.Message);
    }

    private static FlatfileRecord Record(string iban, string email) => FlatfileRecord.FromJson(JsonDocument.Parse(Json(iban, email)).RootElement);

    private static string Json(string iban, string email) =>
        new JsonObject { ["id"] = "r", ["values"] = new JsonObject { ["iban"] = new JsonObject { ["value"] = iban }, ["email"] = new JsonObject { ["value"] = email } } }.ToJsonString();

    private sealed class Banks(string check) : SpaceBlueprint
    {
        public override string Name => "Banks";

        public override IReadOnlyList<WorkbookConfig> Workbooks =>
        [
            new WorkbookConfig
            {
                Name = "W",
                Sheets =
                [
                    new SheetConfig
                    {
                        Name = "Accounts", Slug = "accounts",
                        Fields =
                        [
                            new Property { Key = "iban", Type = "string", Metadata = new JsonObject { ["validate"] = check } },
                            new Property { Key = "email", Type = "string", Constraints = [new Constraint { Type = "external", Validator = "email" }] },
                            new Property { Key = "other", Type = "string", Constraints = [new Constraint { Type = "external", Validator = "somebodys" }] },
                        ],
                    },
                ],
            },
        ];
    }
}
