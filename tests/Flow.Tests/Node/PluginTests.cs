using Flow.Tests.Support;
using Xunit.Abstractions;

namespace Flow.Tests.Node;

/// <summary>The official plugins, unmodified, as listeners on a running server.</summary>
public sealed class PluginTests(ITestOutputHelper output)
{
    [NodeFact]
    public async Task TheOfficialRecordHookDeliversItsMessagesAndLeavesUnchangedRowsAlone()
    {
        await using var server = await ServedSpaces.StartAsync();

        var lines = await NodeProgram.RunAsync("plugins/record-hook-messages.mjs", server.Environment);

        var found = lines[^1];
        output.WriteLine(found.GetRawText());
        Assert.Equal(
            """[{"name":"Ada","valid":true,"messages":[]},{"name":"Bob","valid":false,"messages":[["error","An address has an @","custom-logic"]]},{"name":"Cleo","valid":true,"messages":[]}]""",
            found.GetProperty("rows").GetRawText());
        Assert.Equal("""[[["email","name"]]]""", found.GetProperty("afterInsert").GetRawText());
        Assert.Equal("[]", found.GetProperty("afterIdle").GetRawText());
        Assert.Equal("""{"valid":true,"messages":0}""", found.GetProperty("repaired").GetRawText());
    }
}
