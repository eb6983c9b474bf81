using System.Text.Json;
using Flow.Tests.Support;
using Xunit.Abstractions;

namespace Flow.Tests;

/// <summary>The official JavaScript packages, unmodified, against a running server. Needs Node and npm.</summary>
public sealed class NodeTests(ITestOutputHelper output)
{
    [NodeFact]
    public async Task TheOfficialClientConfiguresInsertsPagesFiltersUpdatesUploadsAndFollowsTheJob()
    {
        using var data = new TempFolder();
        await using var server = AgentProcess.Start("serve", "--data", data.Path, "--port", "0");
        using var probe = await SpacesProbe.OpenAsync(data.Path, server, TimeSpan.FromSeconds(30));

        var found = await NodeProgram.RunAsync("client.mjs", await EnvironmentAsync(probe), Path.Combine(Repository.AirportData, "countries.csv"));

        output.WriteLine(found.GetRawText());
        Assert.Equal(["countries", "navaids", "regions", "runways"], Texts(found.GetProperty("sheets")).Order());
        Assert.True(found.GetProperty("inserted").GetBoolean());
        Assert.Equal([500, 500, 500, 500, 500, 500], found.GetProperty("pages").EnumerateArray().Select(p => p.GetInt32()));
        Assert.Equal([7, 8, 1007, 1008, 2007, 2008], found.GetProperty("errors").EnumerateArray().Select(p => p.GetInt32()));
        Assert.Equal(["required-constraint"], Texts(found.GetProperty("messages")));
        Assert.Equal("""{"name":"Repaired","age":7,"valid":true}""", found.GetProperty("repaired").GetRawText());
        Assert.Equal(5, found.GetProperty("errorsAfter").GetInt32());
        Assert.Equal("""{"name":"countries.csv","ext":"csv","size":24583}""", found.GetProperty("file").GetRawText());
        Assert.Equal("complete", found.GetProperty("job").GetProperty("status").GetString());
        Assert.Equal(249, found.GetProperty("job").GetProperty("rows").GetInt32());
        Assert.Equal(24_583, found.GetProperty("downloaded").GetInt32());
        Assert.Equal("""{"status":404,"errors":1}""", found.GetProperty("unknown").GetRawText());
    }

    [NodeFact]
    public async Task TheOfficialRecordHookDeliversItsMessagesAndLeavesUnchangedRowsAlone()
    {
        using var data = new TempFolder();
        await using var server = AgentProcess.Start("serve", "--data", data.Path, "--port", "0");
        using var probe = await SpacesProbe.OpenAsync(data.Path, server, TimeSpan.FromSeconds(30));

        var found = await NodeProgram.RunAsync("hook.mjs", await EnvironmentAsync(probe));

        output.WriteLine(found.GetRawText());
        Assert.Equal(
            """[{"name":"Ada","valid":true,"messages":[]},{"name":"Bob","valid":false,"messages":[["error","An address has an @","custom-logic"]]},{"name":"Cleo","valid":true,"messages":[]}]""",
            found.GetProperty("rows").GetRawText());
        Assert.Equal("""[[["email","name"]]]""", found.GetProperty("afterInsert").GetRawText());
        Assert.Equal("[]", found.GetProperty("afterIdle").GetRawText());
        Assert.Equal("""{"valid":true,"messages":0}""", found.GetProperty("repaired").GetRawText());
    }

    private static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(t => t.GetString()!);

    private static async Task<Dictionary<string, string>> EnvironmentAsync(SpacesProbe probe)
    {
        var environments = await probe.GetAsync("environments");
        var address = probe.Address.ToString().TrimEnd('/');
        return new Dictionary<string, string>
        {
            ["FLATFILE_API_URL"] = address,
            ["AGENT_INTERNAL_URL"] = address,
            ["FLATFILE_API_KEY"] = probe.Key,
            ["FLATFILE_BEARER_TOKEN"] = probe.Key,
            ["FLATFILE_ENVIRONMENT_ID"] = environments[0].GetProperty("id").GetString()!,
        };
    }
}
