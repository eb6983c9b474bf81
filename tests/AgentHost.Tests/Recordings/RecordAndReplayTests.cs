using System.Text.Json;
using AgentHost.Tests.Support;
using Flatfile.Api;

namespace AgentHost.Tests.Recordings;

/// <summary>A run that failed on a server is run again from a file, without the server.</summary>
public sealed class RecordAndReplayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AFailingRunIsSavedAndFailsOfflineAsItDidAndNoMoreWithTheNextVersion()
    {
        ParcelsWorld.Install("Shipping", _folder["plugins"]);
        var @event = await FailAsync("2", "heavy");

        var saved = await HostProgram.RunAsync(_folder.Path, ["record", "--event", @event.Id, "-o", "failing.jsonl"], ParcelsWorld.Settings(_folder));
        Assert.True(saved.ExitCode == 0, saved.Error);
        var recording = await File.ReadAllTextAsync(_folder["failing.jsonl"]);
        Assert.Contains("heavy", recording);
        Assert.DoesNotContain(Key, recording);
        Assert.DoesNotContain("Bearer", recording);

        var same = await HostProgram.RunAsync(_folder.Path, ["replay", "failing.jsonl"], ParcelsWorld.Settings(_folder));
        Assert.Equal(1, same.ExitCode);
        Assert.Contains("The handler failed as it did when it was recorded:", same.Output);
        Assert.Contains("System.FormatException", same.Output);

        var next = ParcelsWorld.Install("ShippingFixed", _folder["next"]);
        var cured = await HostProgram.RunAsync(_folder.Path, ["replay", "failing.jsonl", "--plugins", next, "--json"], ParcelsWorld.Settings(_folder));
        Assert.True(cured.ExitCode == 0, cured.Output + cured.Error);
        var report = JsonDocument.Parse(cured.Output).RootElement;
        Assert.True(report.GetProperty("endedWell").GetBoolean());
        var writes = report.GetProperty("steps").EnumerateArray().Where(s => s.GetProperty("step").GetString() == "call" && s.GetProperty("method").GetString() == "PUT").ToList();
        Assert.Equal("new", Assert.Single(writes).GetProperty("match").GetString());
        var wrote = writes[0].GetProperty("wrote").EnumerateArray().Select(w => w.GetString()).ToList();
        Assert.Contains(wrote, w => w!.EndsWith(" grams = \"2000\"", StringComparison.Ordinal));
        Assert.Contains(wrote, w => w!.EndsWith("kilograms: error: 'heavy' is no weight: write a number.", StringComparison.Ordinal));
    }

    private string Key => File.ReadAllText(Path.Combine(_folder["data"], "development-key")).Trim();

    /// <summary>Answers the event the hook gave up on, with the server stopped.</summary>
    private async Task<Event> FailAsync(params string[] kilograms)
    {
        await using var served = await ServedFolder.StartAsync(_folder, ParcelsWorld.Settings(_folder));
        var sheet = await ParcelsWorld.AddParcelsAsync(served.Client, kilograms);
        var @event = await FailedAsync(served, sheet);
        served.Program.Signal("INT");
        await served.Program.EndAsync();
        return @event;
    }

    private async Task<Event> FailedAsync(ServedFolder served, Sheet sheet)
    {
        await foreach (var streamed in served.Client.Events.StreamAsync(new EventStreamQuery { Topics = [Topics.CommitCreated], LastEventId = "0" }))
        {
            if (streamed.Event.Context["sheetId"]?.GetValue<string>() == sheet.Id)
            {
                await FailedRuns.UntilAsync(_folder["data"], atLeast: 2);
                return streamed.Event;
            }
        }

        throw new InvalidOperationException("A stream of events does not end.");
    }
}
