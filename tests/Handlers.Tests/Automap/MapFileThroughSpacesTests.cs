using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Automap;
using Flatfile.Agent.Handlers.Extraction;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Tests.Automap;

/// <summary>Files of other people into a sheet of ours, in a real Spaces.</summary>
public sealed class MapFileThroughSpacesTests : IAsyncLifetime
{
    private SpacesServer _server = null!;
    private string _spaceId = null!;
    private Sheet _people = null!;

    public async Task InitializeAsync()
    {
        _server = await SpacesServer.StartAsync();
        _spaceId = (await _server.Client.Spaces.CreateAsync(new SpaceConfig { Name = "S" })).Id;
        var options = new[] { ("active", "Active"), ("closed", "Closed") }.Select(o => new EnumOption { Value = JsonSerializer.SerializeToElement(o.Item1), Label = o.Item2 });
        Property[] fields =
        [
            new() { Key = "first_name", Type = "string" }, new() { Key = "last_name", Type = "string" }, new() { Key = "email", Type = "string" },
            new() { Key = "status", Type = "enum", Config = new PropertyConfig { Options = [.. options] } },
        ];
        var workbook = await _server.Client.Workbooks.CreateAsync(new WorkbookConfig
        {
            Name = "Primary", SpaceId = _spaceId, EnvironmentId = _server.EnvironmentId, Sheets = [new SheetConfig { Name = "People", Slug = "people", Fields = fields }],
        });
        _people = workbook.Sheets[0];
        await _server.Client.Spaces.UpdateAsync(_spaceId, new SpaceConfig { PrimaryWorkbookId = workbook.Id });
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task AGermanExportGoesToItsFieldsWithReasonsAndItsValuesToTheirOptions()
    {
        var result = await ImportAsync("leute.csv", "Vorname;Nachname;E-Mail;Status;Schuhgröße\nAnn;Arm;a@b.de;aktiv;38\nBob;Beck;b@c.de;Closed;\nCid;Carl;c@d.de;gone;\n");

        Assert.True((bool)result.Details!["claimed"]!);
        Assert.Equal(["first_name", "last_name", "email", "status"], result.Details["mapped"]!.AsArray().Select(m => (string)m!["to"]!));
        Assert.Equal("the same meaning: first name", (string)result.Details["mapped"]![0]!["reason"]!);
        Assert.Equal("""[{"column":"Schuhgröße","rows":1,"firstRow":1}]""", result.Details["leftBehind"]!.ToJsonString(Readable));
        Assert.Equal(["aktiv>active", "Closed>closed", "gone>"], result.Details["enumValues"]!.AsArray().Select(v => $"{v!["value"]}>{v["option"]}"));
        Assert.Contains("Values of Status that are no option of status: 'gone'.", result.Message);
        var records = await RecordsAsync();
        Assert.Equal(["active", "closed", "gone"], records.Select(r => TextOf(r, "status")));
        Assert.Equal("The file has 'aktiv' here, taken as 'active': the same meaning.", Assert.Single(records[0].Values["status"].Messages!).Message);
    }

    [Fact]
    public async Task WhatAPersonSaysIsUsedAndRememberedForLaterFiles()
    {
        const string Text = "Vorname,Nachname,Kürzel\nAnn,Arm,a@b.de\n";
        var first = await ImportAsync("a.csv", Text);
        Assert.Equal(["Kürzel"], first.Details!["unmapped"]!.AsArray().Select(u => (string)u!));

        await ImportAsync("b.csv", Text, new JsonObject { ["mapping"] = new JsonObject { ["Kürzel"] = "email" } });
        var third = await ImportAsync("c.csv", "Vorname,Nachname,kuerzel,KÜRZEL\nCid,Carl,x,c@d.de\n");

        Assert.Equal("it was accepted for an earlier file", (string)third.Details!["mapped"]![2]!["reason"]!);
        Assert.Equal(["", "a@b.de", "c@d.de"], (await RecordsAsync()).Select(r => TextOf(r, "email")));
    }

    [Fact]
    public async Task OptionsOfSettingsAndInput()
    {
        const string Text = "Vorname,Nachname,x,y,z\nAnn,Arm,1,2,3\n";

        var left = await ImportAsync("a.csv", Text);
        Assert.Equal("only 2 of its 5 columns have the name of a field of the closest sheet, People", (string)left.Details!["reason"]!);
        Assert.True((bool)(await ImportAsync("a.csv", Text, settings: ("DefaultTargetSheet", "people"))).Details!["claimed"]!);
        Assert.False((bool)(await ImportAsync("a.csv", Text, new JsonObject { ["defaultTargetSheet"] = "people", ["accuracy"] = "exact" })).Details!["claimed"]!);
        Assert.Equal("its name does not match the option matchFilename, ^b", (string)(await ImportAsync("a.csv", Text, settings: ("MatchFilename", "^b"))).Details!["reason"]!);
        var fault = await Assert.ThrowsAsync<JobFailedException>(() => ImportAsync("a.csv", Text, settings: ("OnFailure", "fail")));
        Assert.EndsWith("The option onFailure says that such a file fails its job.", fault.Message);
        fault = await Assert.ThrowsAsync<JobFailedException>(() => ImportAsync("a.csv", Text, new JsonObject { ["accuracy"] = "high" }));
        Assert.Equal("The option accuracy is 'high'. It can be confident or exact.", fault.Message);
    }

    [Fact]
    public async Task ColumnsThatFitOneFieldAreAskedAbout()
    {
        var result = await ImportAsync("a.csv", "Vorname,Nachname,E-Mail,e_mail\nAnn,Arm,a@b.de,c@d.de\n");

        Assert.Equal(["E-Mail", "e_mail"], result.Details!["unmapped"]!.AsArray().Select(u => (string)u!));
        Assert.Contains("The columns 'E-Mail' and 'e_mail' fit the field 'email' equally well", result.Message);
        Assert.Equal("mapping", (string)Assert.Single(result.Details["questions"]!.AsArray())!["option"]!);
    }

    private static JsonSerializerOptions Readable { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private async Task<JobResult> ImportAsync(string name, string text, JsonObject? input = null, params (string Name, string Value)[] settings)
    {
        var file = await _server.Client.Files.UploadAsync(_spaceId, _server.EnvironmentId, name, new MemoryStream(Encoding.UTF8.GetBytes(text)));
        await new ExtractFile(_server.Client).RunAsync(await JobAsync("extract", file.Id, null), CancellationToken.None);
        var configured = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>($"{AutomapOptions.SettingsName}:{s.Name}", s.Value))).Build();
        return await new MapFile(_server.Client, configured).RunAsync(await JobAsync("automap", file.Id, input), CancellationToken.None);
    }

    private async Task<TestJobContext> JobAsync(string operation, string fileId, JsonObject? input)
    {
        var job = await _server.Client.Jobs.CreateAsync(new JobConfig { Type = "file", Operation = operation, Source = fileId, Trigger = JobTrigger.Manual, Input = input });
        return new TestJobContext(new { fileId }, job.Id);
    }

    private async Task<List<FlatfileRecordData>> RecordsAsync() =>
        [.. (await _server.Client.Records.GetPageAsync(_people.Id, new RecordQuery { IncludeMessages = true })).Records];

    private static string TextOf(FlatfileRecordData record, string field) =>
        record.Values[field].Value is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";
}
