using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Resources;

public class MappingAndTransformationTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task AMappingProgramHasTheKeysOfItsSheetsAndItsRules()
    {
        const string Sheets = """ "source":{"name":"a","fields":[{"key":"first","type":"string"}]},"destination":{"name":"b","fields":[{"key":"name","type":"string"}]} """;
        var before = (await world.TopicsAsync("program:")).Length;
        var made = await world.DataAsync("POST", "mapping?environmentId={environment}", $$"""{{{Sheets}},"namespace":"n","rules":[{"name":"r","type":"assign"}]}""");
        var at = $"mapping/{made["id"]}";

        Assert.Equal("first", (string?)made["sourceKeys"]![0]);
        Assert.Equal("name", (string?)made["destinationKeys"]![0]);
        Assert.StartsWith("us_mf_", (string?)made["familyId"]);
        Assert.Equal(1, (int)made["summary"]!["totalRuleCount"]!);
        Assert.StartsWith("us_mr_", (string?)made["rules"]![0]!["id"]);
        var added = (await world.DataAsync("POST", at + "/rules", """[{"name":"s","type":"concat","config":{"a":1}},{"name":"t","type":"x"}]""")).AsArray();
        Assert.Equal(3, (await world.DataAsync("GET", at + "/rules")).AsArray().Count);
        var rule = (string)added[0]!["id"]!;
        Assert.Equal("s2", (string?)(await world.DataAsync("PATCH", $"{at}/rules/{rule}", """{"name":"s2","config":null}"""))["name"]);
        await world.DataAsync("PATCH", at + "/rules", $$"""[{"id":"{{rule}}","name":"s3","type":"y"}]""");
        var read = await world.DataAsync("GET", $"{at}/rules/{rule}");
        Assert.Equal(("s3", "y", null), ((string?)read["name"], (string?)read["type"], read["config"]));
        await world.DataAsync("DELETE", at + "/rules", $$"""{"ruleIds":["{{rule}}"]}""");
        Assert.Equal(404, (await world.SendAsync("GET", $"{at}/rules/{rule}")).Status);
        await world.DataAsync("DELETE", $"{at}/rules/{added[1]!["id"]}");
        Assert.Single((await world.DataAsync("GET", at))["rules"]!.AsArray());
        Assert.Equal(2, (await world.DataAsync("PATCH", at, """{"rules":[{"name":"u","type":"z"},{"name":"v","type":"z"}]}"""))["rules"]!.AsArray().Count);

        foreach (var (query, found) in new[]
        {
            ("", true), ("namespace=n", true), ("namespace=m", false), ($"familyId={made["familyId"]}", true), ("sourceKeys=first", true), ("sourceKeys=first,last", false),
            ("destinationKeys=name", true), ("createdAfter=2020-01-01T00:00:00.000Z", true), ("createdBefore=2020-01-01T00:00:00.000Z", false),
            ($"createdBy={made["createdBy"]}", true), ("createdBy=us_usr_1", false), ("jobId=us_jb_1", false),
        })
        {
            var list = await world.SendAsync("GET", "mapping?" + query);
            Assert.Null(list.Json["pagination"]);
            Assert.True(found == list.Text.Contains((string)made["id"]!, StringComparison.Ordinal), query);
        }

        var topics = (await world.TopicsAsync("program:"))[before..];
        Assert.Equal(Enumerable.Repeat("program:updated", 6).Prepend("program:created"), topics);
        var unsaved = await world.DataAsync("POST", "mapping", $$"""{{{Sheets}},"save":false,"rules":[{"name":"r","type":"assign"}]}""");
        Assert.Null(unsaved["id"]);
        Assert.Equal("r", (string?)unsaved["rules"]![0]!["name"]);
        Assert.Equal(404, (await world.SendAsync("GET", at, client: world.Stranger)).Status);
        await world.DataAsync("DELETE", "mapping", """{"environmentId":"{environment}"}""");
        Assert.Equal(404, (await world.SendAsync("GET", at)).Status);
    }

    [Theory]
    [InlineData("{}", "source", "destination")]
    [InlineData("""{"source":{},"destination":{"fields":[{"key":"a","type":"x"}]}}""", "source.fields", "destination.fields[0].type")]
    [InlineData("""{"source":{"fields":[]},"destination":{"fields":[]},"rules":[{"name":1}]}""", "rules[0].name", "rules[0].type")]
    public async Task AllFaultsOfAMappingProgramAreNamedAtOnce(string body, params string[] keys)
    {
        var reply = await world.SendAsync("POST", "mapping", body);

        Assert.Equal(400, reply.Status);
        Assert.Equal(keys, reply.Keys);
    }

    [Fact]
    public async Task TransformationsAreFoundByKeysThatAreMuchTheSame()
    {
        const string Body = """
            {"accountId":"{account}","environmentId":"{environment}","spaceId":"{space}","appId":"us_app_t","sheetId":"{sheet}",
             "keys":["a","b"],"sourceKeys":["a"],"destinationKeys":["b"],"mutationCommand":"x","type":"t"}
            """;
        var reply = await world.SendAsync("POST", "transformations", Body);
        var made = reply.Json["data"]!;
        Assert.True((bool)reply.Json["success"]!);
        Assert.StartsWith("us_tr_", (string?)made["id"]);
        Assert.Equal(0, (int)made["usageCount"]!);

        foreach (var (query, found) in new[]
        {
            ("matchKeys=[%22a%22,%22b%22]", 1), ("matchKeys=[%22a%22]", 0), ("matchKeys=[%22a%22]&overlap=0.5", 1), ("matchKeys=a&matchKeys=b", 1),
            ("matchKeys=[%22a%22,%22b%22]&filterKeys=[%22b%22]", 1), ("matchKeys=[%22a%22,%22b%22]&filterKeys=[%22z%22]", 0),
            ("matchKeys=[%22a%22,%22b%22]&page=2", 0),
        })
        {
            var list = await world.SendAsync("GET", "transformations?appId=us_app_t&" + query);
            Assert.True((bool)list.Json["success"]!);
            Assert.True(found == list.Json["data"]!.AsArray().Count, query);
        }

        Assert.Equal(400, (await world.SendAsync("GET", "transformations?appId=us_app_t")).Status);
        Assert.Equal(400, (await world.SendAsync("GET", "transformations?appId=us_app_t&matchKeys=[1]")).Status);
        var changed = await world.SendAsync("PUT", $"transformations/{made["id"]}", Body.Replace("\"x\"", "\"y\"", StringComparison.Ordinal));
        Assert.Equal("y", (string?)changed.Json["data"]!["mutationCommand"]);
        Assert.Equal(8, (await world.SendAsync("PUT", $"transformations/{made["id"]}", """{"type":"t","keys":[]}""")).Keys.Count());
        Assert.Equal(404, (await world.SendAsync("DELETE", $"transformations/{made["id"]}", client: world.Stranger)).Status);
        Assert.Equal(200, (await world.SendAsync("DELETE", $"transformations/{made["id"]}")).Status);
        Assert.Equal(404, (await world.SendAsync("DELETE", $"transformations/{made["id"]}")).Status);
    }
}
