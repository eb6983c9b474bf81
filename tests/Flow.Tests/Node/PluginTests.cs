using System.Text.Json;
using Flow.Tests.Support;
using Xunit.Abstractions;

namespace Flow.Tests.Node;

/// <summary>The official plugins and what they are made of, unmodified, as listeners on a running server. Each program prints its checks one by one.</summary>
public sealed class PluginTests(ITestOutputHelper output)
{
    /// <summary>The handlers named here are switched off, because the plugin is to do their work.</summary>
    [NodeTheory]
    [InlineData("plugins/record-hook.mjs", "flatfile/*")]
    [InlineData("plugins/jobs.mjs", "flatfile/*")]
    [InlineData("plugins/space-configure.mjs", "flatfile/*")]
    [InlineData("plugins/extractors.mjs", "flatfile/*")]
    [InlineData("plugins/automap.mjs", "flatfile/start-automap", "flatfile/configure-space")]
    [InlineData("plugins/listener.mjs", "flatfile/*")]
    [InlineData("client/paging.mjs", "flatfile/*")]
    [InlineData("client/json-lines.mjs", "flatfile/*")]
    [InlineData("client/addresses.mjs")]
    [InlineData("client/embedding.mjs")]
    [InlineData("client/stream.mjs", "flatfile/*")]
    public async Task EveryCheckOfTheProgramHolds(string program, params string[] handlersOff)
    {
        await using var server = await ServedSpaces.StartAsync(handlersOff);

        var checks = await NodeProgram.RunAsync(program, server.Environment);

        output.WriteLine(string.Join("\n", checks.Select(c => $"{(Holds(c) ? "ok  " : "FAIL")} {c.GetProperty("check").GetString()}")));
        Assert.NotEmpty(checks);
        Assert.Equal("", string.Join("\n", checks.Where(c => !Holds(c)).Select(c => c.GetRawText())) + (checks.All(Holds) ? "" : "\n" + server.Said));
    }

    private static bool Holds(JsonElement check) => check.GetProperty("ok").GetBoolean();
}
