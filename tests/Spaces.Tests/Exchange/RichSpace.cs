using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Files;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Exchange;

/// <summary>A space with something of everything, whose bodies name its own ids wherever they may stand.</summary>
internal static class RichSpace
{
    private const string Workbook =
        """
        {"name":"Main","namespace":"main","labels":["primary"],"metadata":{"m":[1,2.50,"x"]},"sheets":[
          {"name":"Countries","slug":"countries","fields":[
            {"key":"code","type":"string","constraints":[{"type":"unique"},{"type":"required"}]},{"key":"name","type":"string"}]},
          {"name":"People","slug":"people","fields":[
            {"key":"name","type":"string","constraints":[{"type":"required"}]},
            {"key":"born","type":"date"},{"key":"amount","type":"number"},{"key":"good","type":"boolean"},
            {"key":"kind","type":"enum","config":{"options":[{"value":"a","label":"A"},{"value":"b","label":"B"}]}},
            {"key":"country","type":"reference","config":{"ref":"countries","key":"code","relationship":"has-one"}},
            {"key":"tags","type":"string-list"}]}]}
        """;

    /// <summary>Builds it and answers its id.</summary>
    public static async Task<string> BuildAsync(SpacesServer server)
    {
        var space = await server.SpaceAsync(
            """
            {"name":"Rich","namespace":"rich","metadata":{"project":7,"nested":{"deep":["ü","\n"]}},"theme":{"primaryColor":"#123456"},
             "messages":{"welcome":"Hello"},"guestAccess":true,"users":[{"email":"a@b.example","role":"editor"}],
             "workflow":{"steps":[{"id":"one","name":"One"}]},"actions":[{"operation":"go","label":"Go"}]}
            """);
        var workbook = (string)(await server.DataAsync("POST", "workbooks", $$"""{"spaceId":"{{space}}",{{Workbook[1..]}}"""))["id"]!;
        var sheets = (await server.DataAsync("GET", $"sheets?workbookId={workbook}")).AsArray().ToDictionary(sheet => (string)sheet!["slug"]!, sheet => (string)sheet!["id"]!);
        var file = (string)(await server.UploadAsync(space, "people.csv", string.Concat(Enumerable.Range(0, 5_000).Select(i => $"row {i}\n"))))["id"]!;
        await server.UploadAsync(space, "empty.bin", "", "export");
        var gone = (string)(await server.UploadAsync(space, "gone.csv"))["id"]!;
        await server.DataAsync("DELETE", $"files/{gone}");
        await server.DataAsync("PATCH", $"files/{file}", $$"""{"workbookId":"{{workbook}}"}""");

        await server.DataAsync("POST", $"sheets/{sheets["countries"]}/records", """[{"code":{"value":"DE"}},{"code":{"value":"FR"},"name":{"value":"France"}},{"code":{"value":"DE"}}]""");
        var people = await server.DataAsync(
            "POST", $"sheets/{sheets["people"]}/records",
            $$$"""
            [{"name":{"value":"Ann","messages":[{"type":"warn","message":"look at {{{file}}}"}]},"country":{"value":"DE"},"born":{"value":"2020-01-02"},"amount":{"value":1.5},"tags":{"value":["x","y"]} },
             {"name":{"value":null},"country":{"value":"XX"},"amount":{"value":"many"},"good":{"value":true},"kind":{"value":"c"} },
             {"name":{"value":"cell:{{{space}}}"},"kind":{"value":"a"}}]
            """);
        var first = (string)people["records"]![0]!["id"]!;
        await server.DataAsync("PUT", $"sheets/{sheets["people"]}/records", $$$"""[{"id":"{{{first}}}","values":{"amount":{"value":2} },"metadata":{"from":"{{{file}}}"} }]""");
        await server.DataAsync("DELETE", $"sheets/{sheets["people"]}/records?ids={people["records"]![1]!["id"]}");

        var job = (string)(await server.DataAsync(
            "POST", "jobs", $$$"""{"type":"file","operation":"extract","source":"{{{file}}}","destination":"{{{workbook}}}","input":{"{{{sheets["people"]}}}":["{{{file}}}"]} }"""))["id"]!;
        await server.DataAsync("POST", $"jobs/{job}/execute");
        await server.DataAsync("POST", $"jobs/{job}/ack", """{"progress":40,"info":"at work"}""");
        await server.DataAsync("POST", $"jobs/{job}/complete", $$$"""{"outcome":{"message":"see /space/{{{space}}}/files","next":{"type":"id","id":"{{{workbook}}}"} } }""");
        await server.DataAsync("POST", "jobs", $$"""{"type":"workbook","operation":"submit","source":"{{workbook}}"}""");
        await server.DataAsync("POST", $"spaces/{space}/documents", $$"""{"title":"Read me","body":"# Hi\nus\n{{workbook}}, /space/{{space}}/workbook/{{workbook}}/sheet/{{sheets["people"]}}?x=1"}""");
        await server.DataAsync("PATCH", $"spaces/{space}", $$$"""{"primaryWorkbookId":"{{{workbook}}}","metadata":{"kept":{"{{{file}}}":{"sheet":"{{{sheets["countries"]}}}"} } } }""");
        await AddSmallThingsAsync(server, space, workbook, sheets["people"]);
        return space;
    }

    /// <summary>Snapshots, views, and what else is stored beside the rows.</summary>
    private static async Task AddSmallThingsAsync(SpacesServer server, string space, string workbook, string sheet)
    {
        await server.DataAsync("POST", "snapshots", $$"""{"sheetId":"{{sheet}}","label":"before the change"}""");
        await server.DataAsync("POST", $"sheets/{sheet}/records", """[{"name":{"value":"Late"}}]""");
        await server.DataAsync("POST", "views", $$$"""{"sheetId":"{{{sheet}}}","name":"Those named Ann","config":{"q":"name eq Ann"} }""");
        await server.DataAsync("POST", $"actions?spaceId={space}", $$$"""{"operation":"go","label":"Go","targetId":"{{{workbook}}}"}""");
        await server.SendAsync("POST", $"workbooks/{workbook}/flags", """{"slug":"check","name":"Check"}""");
        await server.SendAsync("POST", $"spaces/{space}/guidance", """{"guideSlug":"start","trigger":"automatic"}""");
    }

    /// <summary>Answers of the API that show all of it.</summary>
    public static async Task<List<string>> ViewAsync(SpacesServer server, string space)
    {
        var seen = new List<string>();
        async Task<JsonNode> LookAsync(string path)
        {
            var data = await server.DataAsync("GET", path);
            if (data is JsonObject one)
            {
                // Signed by this server for this space.
                one.Remove("guestLink");
                one.Remove("accessToken");
            }

            seen.Add($"{path}: {data.ToJsonString()}");
            return data;
        }

        await LookAsync($"spaces/{space}");
        await LookAsync($"files?spaceId={space}");
        await LookAsync($"jobs?spaceId={space}");
        await LookAsync($"spaces/{space}/documents");
        await LookAsync($"spaces/{space}/guidance");
        seen.Add((await server.SendAsync("GET", $"actions?spaceId={space}")).Text);
        foreach (var workbook in (await LookAsync($"workbooks?spaceId={space}")).AsArray())
        {
            foreach (var sheet in (await LookAsync($"sheets?workbookId={workbook!["id"]}")).AsArray())
            {
                await LookAsync($"sheets/{sheet!["id"]}/records?includeMessages=true&includeLinks=true&includeCounts=true");
                await LookAsync($"sheets/{sheet["id"]}/commits");
                await LookAsync($"views?sheetId={sheet["id"]}");
                foreach (var snapshot in (await LookAsync($"snapshots?sheetId={sheet["id"]}")).AsArray())
                {
                    await LookAsync($"snapshots/{snapshot!["id"]}?includeSummary=true");
                    await LookAsync($"snapshots/{snapshot["id"]}/records");
                }
            }
        }

        return seen;
    }
}
