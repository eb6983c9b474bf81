using System.Text.Json.Nodes;
using Flatfile.Spaces.Jobs.Plans;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Jobs;

/// <summary><c>workbook:map</c>: the plan, its changes, and the rows that come of it.</summary>
public sealed class MappingTests : IAsyncLifetime
{
    private SpacesServer _server = null!;
    private string _space = "";
    private JsonNode _from = null!;
    private JsonNode _to = null!;

    public async Task InitializeAsync()
    {
        _server = await SpacesServer.StartAsync();
        _space = await _server.SpaceAsync();
        _from = await WorkbookAsync("""
            [{"key":"first_name","type":"string","label":"First Name"},{"key":"EMAIL","type":"string","label":"E-Mail"},
             {"key":"phone_no","type":"string"},{"key":"state","type":"string"},{"key":"zzz","type":"string"}]
            """);
        _to = await WorkbookAsync("""
            [{"key":"first_name","type":"string","label":"Given name"},{"key":"email","type":"string"},
             {"key":"phone","type":"string","label":"Phone number","alternativeNames":["phone_no"]},
             {"key":"state","type":"enum","config":{"options":[{"value":"NY","label":"New York"},{"value":"CA","label":"California"},{"value":"TX","label":"Texas"}]}},
             {"key":"age","type":"number"}]
            """);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task ThePlanPairsFieldsWithTheirCertaintyAndListsTheRest()
    {
        await InsertAsync(3);
        var job = await CreateAsync();
        Assert.Equal("planning", (string)job["status"]!);
        Assert.Equal(["job:created", "job:updated"], (await _server.TopicsAsync(_space))[^2..]);

        var answer = await _server.DataAsync("GET", $"jobs/{job["id"]}/plan");
        Assert.Equal((string)job["id"]!, (string)answer["job"]!["id"]!);
        var plan = answer["plan"]!;
        Assert.Equal(
            ["first_name>first_name absolute exact", "EMAIL>email strong normalized", "phone_no>phone strong alternativeNames", "state>state absolute exact"],
            plan["fieldMapping"]!.AsArray().Select(edge =>
                $"{edge!["sourceField"]!["key"]}>{edge["destinationField"]!["key"]} {edge["metadata"]!["certainty"]} {edge["metadata"]!["source"]}"));
        Assert.Equal(["zzz"], plan["unmappedSourceFields"]!.AsArray().Select(field => (string)field!["sourceField"]!["key"]!));
        Assert.Equal(["age"], plan["unmappedDestinationFields"]!.AsArray().Select(field => (string)field!["destinationField"]!["key"]!));
        Assert.Equal(["Ada 0", "Ada 1", "Ada 2"], plan["fieldMapping"]![0]!["preview"]!.AsArray().Select(value => (string)value!));
        var options = plan["fieldMapping"]![3]!["enumDetails"]!;
        Assert.Equal(["New York>NY", "ca>CA"], options["mapping"]!.AsArray().Select(pair => $"{pair!["sourceValue"]!["value"]}>{pair["destinationValue"]!["value"]}"));
        Assert.Equal(["Utopia"], options["unusedSourceValues"]!.AsArray().Select(value => (string)value!["value"]!));
        Assert.Equal(["TX"], options["unusedDestinationValues"]!.AsArray().Select(value => (string)value!["value"]!));
    }

    [Fact]
    public async Task ExecutingCopiesEveryRowOnceAndLeavesTheRulesInTheConfig()
    {
        await InsertAsync(4_500);
        var job = await CreateAsync();
        await _server.DataAsync("POST", $"jobs/{job["id"]}/execute");
        var ended = await SystemJobTests.EndedAsync(_server, job);
        Assert.True((string)ended["status"]! == "complete", ended.ToJsonString());
        Assert.Equal(4_500, (int)ended["outcome"]!["rowsWritten"]!);
        Assert.Equal(4, ended["config"]!["mappingRules"]!.AsArray().Count);
        Assert.Equal(Sheet(_to), (string)ended["config"]!["destinationSheetId"]!);

        var rows = (await _server.DataAsync("GET", $"sheets/{Sheet(_to)}/records?pageSize=10000"))["records"]!.AsArray();
        Assert.Equal(Enumerable.Range(0, 4_500).Select(n => $"Ada {n}"), rows.Select(row => (string)row!["values"]!["first_name"]!["value"]!));
        Assert.Equal(["NY", "CA", "Utopia"], rows.Take(3).Select(row => (string)row!["values"]!["state"]!["value"]!));
        Assert.Equal("007", (string)rows[0]!["values"]!["phone"]!["value"]!);
        Assert.False((bool)rows[2]!["valid"]!);
        var topics = await _server.TopicsAsync(_space);
        Assert.Contains("commit:created", topics);
        Assert.DoesNotContain("job:ready", topics);
        Assert.Equal("job:completed", topics[^1]);
    }

    [Fact]
    public async Task TheRunGoesOnBehindTheLastPageAfterACrash()
    {
        await InsertAsync(4_500);
        var job = await CreateAsync();
        var space = await _server.SpaceFolderAsync(_space);

        // As a crash behind the first page leaves it: the rows are there, the run knows it, the job executes.
        await _server.DataAsync("POST", $"jobs/{job["id"]}/execute");
        await SystemJobTests.EndedAsync(_server, job);
        var all = await CountAsync();
        Assert.Equal(4_500, all);
        Assert.True(Flatfile.Spaces.Ids.ResourceId.TryParse("us_jb_", (string)job["id"]!, out var id));
        await space.WriteAsync("us_usr_test0000", write =>
        {
            Flatfile.Spaces.Jobs.JobRuns.Add(write.Connection, id.Number);
            Flatfile.Spaces.Jobs.JobRuns.Save(write.Connection, id.Number, new JsonObject { ["last"] = 4_000, ["rows"] = 4_000 });
            var body = Flatfile.Spaces.Storage.ResourceTable.Jobs.Get(write.Connection, id);
            body["status"] = "executing";
            Flatfile.Spaces.Jobs.JobStore.Store(write, id, body);
            return true;
        }, CancellationToken.None);
        var ended = await SystemJobTests.EndedAsync(_server, job);
        Assert.Equal("complete", (string)ended["status"]!);
        Assert.Equal(5_000, await CountAsync());
    }

    [Fact]
    public async Task AnImmediateJobIsMappedWithoutWaiting()
    {
        await InsertAsync(10);
        var job = await CreateAsync("immediate");
        Assert.Equal("complete", (string)(await SystemJobTests.EndedAsync(_server, job))["status"]!);
        Assert.Equal(10, await CountAsync());
    }

    [Fact]
    public async Task ThePlanIsChangedWhileTheJobIsPlanningAndNotAfterwards()
    {
        await InsertAsync(3);
        var job = await CreateAsync();
        var path = $"jobs/{job["id"]}/plan";
        var edge = """{"sourceField":{"key":"zzz","type":"string"},"destinationField":{"key":"age","type":"number"}}""";
        var changed = await _server.DataAsync("PATCH", path, $$"""{"fileId":"us_fl_00000000","jobId":"{{job["id"]}}","fieldMapping":[{{edge}}]}""");
        Assert.Single(changed["plan"]!["fieldMapping"]!.AsArray());
        Assert.Equal(4, changed["plan"]!["unmappedSourceFields"]!.AsArray().Count);
        Assert.Equal("job:updated", (await _server.TopicsAsync(_space))[^1]);

        var wrong = await _server.SendAsync("PATCH", path, """{"fieldMapping":[{"sourceField":{"key":"nope"},"destinationField":{"key":"age"}},{"sourceField":{"key":"zzz"},"destinationField":{"key":"age"}}]}""");
        Assert.Equal(400, wrong.Status);
        Assert.Equal(["fieldMapping[0].sourceField", "fieldMapping"], wrong.Json["errors"]!.AsArray().Select(fault => (string)fault!["key"]!));
        Assert.Equal(400, (await _server.SendAsync("PUT", path, """{"fieldMapping":[]}""")).Status);

        await _server.DataAsync("POST", $"jobs/{job["id"]}/execute");
        await SystemJobTests.EndedAsync(_server, job);
        Assert.Equal(409, (await _server.SendAsync("PATCH", path, $$"""{"fieldMapping":[{{edge}}]}""")).Status);
        var rows = (await _server.DataAsync("GET", $"sheets/{Sheet(_to)}/records"))["records"]!.AsArray();
        Assert.All(rows, row => Assert.Null(row!["values"]!["first_name"]!["value"]));
    }

    [Fact]
    public async Task FaultsOfTheConfigAreToldAtOnceAndAPlanlessJobHasNone()
    {
        var reply = await _server.SendAsync("POST", "jobs", $$"""{"type":"workbook","operation":"map","source":"{{_from["id"]}}","destination":"{{_to["id"]}}","config":{"sourceSheetId":"{{Sheet(_to)}}"} }""");
        Assert.Equal(400, reply.Status);
        Assert.Equal(["config.sourceSheetId", "config.destinationSheetId"], reply.Json["errors"]!.AsArray().Select(fault => (string)fault!["key"]!));
        var other = await _server.DataAsync("POST", "jobs", $$"""{"type":"space","operation":"other","source":"{{_space}}"}""");
        Assert.Equal(404, (await _server.SendAsync("GET", $"jobs/{other["id"]}/plan")).Status);
    }

    [Theory]
    [InlineData("First Name", "first_name", 0.95, "strong")]
    [InlineData("Größe", "grosse", 0.5, null)]
    [InlineData("Prénom", "prenom", 0.95, "strong")]
    [InlineData("telephone_number", "telephone numbers", 0.7, "moderate")]
    [InlineData("a", "b", 0, null)]
    public void NamesMatchAsSurelyAsTheyAreAlike(string one, string other, double least, string? certainty)
    {
        var match = NameMatch.Of([one], [other], []);
        Assert.Equal(certainty, match?.Confidence >= 0.7 ? match?.Certainty : null);
        Assert.True(certainty is null || match?.Confidence >= least);
    }

    private static string Sheet(JsonNode workbook) => (string)workbook["sheets"]![0]!["id"]!;

    private async Task<int> CountAsync() => (int)(await _server.DataAsync("GET", $"sheets/{Sheet(_to)}/counts"))["counts"]!["total"]!;

    private Task<JsonNode> CreateAsync(string? trigger = null) => _server.DataAsync("POST", "jobs", new JsonObject
    {
        ["type"] = "workbook", ["operation"] = "map", ["source"] = (string)_from["id"]!, ["destination"] = (string)_to["id"]!, ["trigger"] = trigger,
        ["config"] = new JsonObject { ["sourceSheetId"] = Sheet(_from), ["destinationSheetId"] = Sheet(_to) },
        ["input"] = new JsonObject { ["isAutomap"] = true },
    }.ToJsonString());

    private async Task<JsonNode> WorkbookAsync(string fields) => await _server.DataAsync(
        "POST", "workbooks", $$"""{"name":"Book","spaceId":"{{_space}}","sheets":[{"name":"Rows","slug":"rows","fields":{{fields}}}]}""");

    private async Task InsertAsync(int count)
    {
        string[] states = ["New York", "ca", "Utopia"];
        var rows = new JsonArray([.. Enumerable.Range(0, count).Select(n => (JsonNode)new JsonObject
        {
            ["first_name"] = new JsonObject { ["value"] = $"Ada {n}" },
            ["phone_no"] = new JsonObject { ["value"] = "007" },
            ["state"] = new JsonObject { ["value"] = states[n % 3] },
            ["zzz"] = new JsonObject { ["value"] = "7" },
        })]);
        await _server.DataAsync("POST", $"sheets/{Sheet(_from)}/records", rows.ToJsonString());
    }

    [Fact]
    public async Task AnOptionWithALabelAloneKeepsItsValueInTheMapping()
    {
        var from = await WorkbookAsync("""[{"key":"size","type":"string"}]""");
        var to = await WorkbookAsync("""[{"key":"size","type":"enum","config":{"options":[{"label":"Small"},{"value":3,"label":"Large"}]}}]""");
        await _server.DataAsync("POST", $"sheets/{Sheet(from)}/records", """[{"size":{"value":"Small"}},{"size":{"value":"3"}},{"size":{"value":"large"}}]""");

        var job = await _server.DataAsync("POST", "jobs", $$$"""
            {"type":"workbook","operation":"map","source":"{{{from["id"]}}}","destination":"{{{to["id"]}}}","config":{"sourceSheetId":"{{{Sheet(from)}}}","destinationSheetId":"{{{Sheet(to)}}}"}}
            """);
        await _server.DataAsync("POST", $"jobs/{job["id"]}/execute");
        await SystemJobTests.EndedAsync(_server, job);

        var rows = (await _server.DataAsync("GET", $"sheets/{Sheet(to)}/records"))["records"]!.AsArray();
        Assert.Equal(["\"Small\"", "3", "3"], rows.Select(row => row!["values"]!["size"]!["value"]?.ToJsonString()));
        Assert.All(rows, row => Assert.True((bool)row!["valid"]!));
    }
}
