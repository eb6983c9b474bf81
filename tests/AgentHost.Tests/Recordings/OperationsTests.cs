using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using AgentHost.Tests.Support;
using Flatfile.Api;

namespace AgentHost.Tests.Recordings;

/// <summary>The section of docs/operations.md on a failing handler, command by command, from the fault to the cured row.</summary>
public sealed partial class OperationsTests : IDisposable
{
    private const string Section = "## A handler fails: record, replay, fix, resubmit";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AFailingEventIsRecordedReplayedOfflineFixedAndResubmittedByTheCommandsShown()
    {
        var commands = Commands();
        Assert.Equal(5, commands.Count);
        await File.WriteAllTextAsync(_folder["agent"], $"#!/bin/sh\nexec dotnet '{HostProgram.Dll}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder["agent"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        ParcelsWorld.Install("Shipping", _folder["plugins"]);
        ParcelsWorld.Install("ShippingFixed", _folder["fixed"]);
        string sheetId;
        string eventId;
        await using (var served = await ServedFolder.StartAsync(_folder, ParcelsWorld.Settings(_folder)))
        {
            sheetId = (await ParcelsWorld.AddParcelsAsync(served.Client, "2", "heavy")).Id;
            await FailedRuns.UntilAsync(_folder["data"], atLeast: 2);
            eventId = await CommitEventAsync(served.Client, sheetId);
            var saved = await RunAsync(commands[0], eventId);
            Assert.True(saved.ExitCode == 0, saved.Output + saved.Error);
            Assert.Contains("flatfile/record-hooks", saved.Output);
            served.Program.Signal("INT");
            await served.Program.EndAsync();
        }

        var broken = await RunAsync(commands[1], eventId);
        Assert.True(broken.ExitCode == 1, broken.Output + broken.Error);
        Assert.Contains("The handler failed as it did when it was recorded:", broken.Output);

        var cured = await RunAsync(commands[2], eventId);
        Assert.True(cured.ExitCode == 0, cured.Output + cured.Error);
        Assert.Contains("'heavy' is no weight: write a number.", cured.Output);

        Assert.Equal(0, (await RunAsync(commands[3], eventId)).ExitCode);
        await using var again = await ServedFolder.StartAsync(_folder, ParcelsWorld.Settings(_folder));
        Assert.Equal(["", ""], await GramsAsync(again.Client, sheetId));
        var sent = await RunAsync(commands[4], eventId);
        Assert.True(sent.ExitCode == 0, sent.Output + sent.Error);

        await FailedRuns.WaitAsync(async () => (await GramsAsync(again.Client, sheetId)).Contains("2000"), "the row to be cured");
    }

    private static async Task<string> CommitEventAsync(FlatfileClient client, string sheetId)
    {
        await foreach (var @event in client.Events.ListAsync(new EventQuery { Topic = Topics.CommitCreated, IncludeAcknowledged = true }))
        {
            if (@event.Context["sheetId"]?.GetValue<string>() == sheetId)
            {
                return @event.Id;
            }
        }

        throw new InvalidOperationException("The rows made no commit.");
    }

    private static async Task<List<string>> GramsAsync(FlatfileClient client, string sheetId)
    {
        var page = await client.GetRelativeAsync($"v1/sheets/{sheetId}/records");
        return [.. page.GetProperty("records").EnumerateArray()
            .Select(r => r.GetProperty("values").TryGetProperty("grams", out var grams) && grams.TryGetProperty("value", out var value) ? value.ToString() : "").Order()];
    }

    /// <summary>Runs a snippet as a person would, in the folder with <c>./agent</c> and <c>data</c>; it ends with its first failing command.</summary>
    private async Task<HostResult> RunAsync(string snippet, string eventId)
    {
        var start = new ProcessStartInfo("sh", ["-e", "-c", snippet])
        {
            WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in (IEnumerable<(string, string)>)
            [.. ParcelsWorld.Settings(_folder), ("EVENT", eventId), ("FIXED", _folder["fixed"]), ("PLUGINS", _folder["plugins"])])
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await process.WaitForExitAsync(limit.Token);
        return new HostResult(process.ExitCode, await output, await error);
    }

    private static List<string> Commands()
    {
        var page = File.ReadAllText(Repository.Path("docs", "operations.md"));
        var begin = page.IndexOf(Section, StringComparison.Ordinal);
        Assert.True(begin >= 0, Section);
        var end = page.IndexOf("\n## ", begin + Section.Length, StringComparison.Ordinal);
        return [.. Snippet().Matches(page[begin..(end < 0 ? page.Length : end)]).Select(m => m.Groups[1].Value)];
    }

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
