using System.Globalization;
using System.Text.Json.Nodes;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Recording;
using Flatfile.Agent.Core.Offline;
using Flatfile.Agent.Host.Output;
using Spectre.Console;

namespace Flatfile.Agent.Host.Replaying;

/// <summary>Prints a replay as it goes.</summary>
internal sealed class ReplayView(IAnsiConsole screen)
{
    private const string Indent = "                    ";

    public void Begin(RecordedRun run, HandlerBinding binding, string? version)
    {
        var facts = run.Facts;
        Write(new Line().Add("Replay ", Line.Strong).Add(binding.HandlerId, Line.Name).Add(" on ").Add(facts.Event.Topic, Line.Strong).Add($" {facts.Event.Id}")
            .Add(facts.JobId is null ? "" : $", job {facts.JobId}"));
        Write(new Line().Add(
            string.Create(CultureInfo.InvariantCulture, $"recorded {facts.At:yyyy-MM-dd HH:mm:ss}, try {facts.Attempt}, with {facts.Plugin} {facts.Version ?? "without version"}, {run.Calls.Count} calls; ")
            + $"running {binding.Plugin} {version ?? "without version"}; nothing is sent", Line.Faint));
        Write(new Line());
    }

    public void Show(OfflineStep step)
    {
        switch (step)
        {
            case OfflineStep.Called(var call):
                Show(call);
                break;
            case OfflineStep.Reported(var percent, var info):
                Write(new Line().Add("  progress  ", Line.Faint).Add(string.Create(CultureInfo.InvariantCulture, $"{percent,3:0}%  {info}")));
                break;
            case OfflineStep.Saved(var json):
                Write(new Line().Add("  saved     ", Line.Faint).Add(json));
                break;
            case OfflineStep.Logged(var level, var text):
                Write(new Line().Add("  log       ", Line.Faint).Add($"{level}: {text}", level >= LogLevel.Error ? Line.Bad : level == LogLevel.Warning ? Line.Warn : Line.Plain));
                break;
        }
    }

    public void End(RecordedRun run, OfflineReport report)
    {
        foreach (var write in report.NotMade)
        {
            Write(new Line().Add("  not made  ", Line.Warn).Add(write).Add("  it was recorded, and this time the handler did not do it", Line.Faint));
        }

        Write(new Line());
        if (report.Outcome is { } outcome && JsonNode.Parse(outcome)?["end"] is { } end)
        {
            Write(new Line().Add("outcome     ", Line.Faint).Add(end["outcome"]?["message"]?.ToString() ?? end.ToJsonString()));
        }

        if (report.Fault is not { } fault)
        {
            Write(new Line().Add("OK  The handler ended well.", Line.Good).Add(run.Fault is null ? "" : $" When it was recorded it failed with {run.Fault.Type}: {run.Fault.Message}"));
            return;
        }

        Write(new Line().Add("FAILED  ", Line.Bad).Add(report.IsFaultOf(run)
            ? "The handler failed as it did when it was recorded:"
            : run.Fault is null ? "The handler failed; when it was recorded it did not:" : $"The handler failed, and not as it did when it was recorded ({run.Fault.Type}: {run.Fault.Message}):"));
        foreach (var line in fault.Stack.Split('\n'))
        {
            Write(new Line().Add(line.TrimEnd('\r')));
        }

        if (report.Steps.OfType<OfflineStep.Called>().Any(c => c.Call.Match == CallMatch.New))
        {
            Write(new Line().Add("Calls marked new were answered with no more than success: a handler that needs more of their answer fails here and not in earnest.", Line.Warn));
        }
    }

    private void Show(ReplayedCall call)
    {
        var (mark, style) = call.Match switch
        {
            CallMatch.Same => ("same", Line.Good),
            CallMatch.Again => ("again", Line.Good),
            CallMatch.Differs => ("differs", Line.Warn),
            CallMatch.New => ("new", Line.Warn),
            _ => ("missing", Line.Bad),
        };
        var status = call is { Match: CallMatch.New } or { Status: null } ? "---" : call.Status.Value.ToString(CultureInfo.InvariantCulture);
        Write(new Line().Add($"  {mark,-8}  ", style).Add($"{call.Method,-6} {status}  ", Line.Faint).Add(call.Path).Add(call.Note is null ? "" : $"  ({call.Note})", Line.Faint));
        foreach (var difference in call.Differences)
        {
            Write(new Line().Add(Indent + difference, Line.Warn));
        }

        // What a write says stands in the recording too; it is worth reading where it is not the same.
        foreach (var wrote in call.Match == CallMatch.Same ? call.Wrote.Take(1) : call.Wrote)
        {
            Write(new Line().Add(Indent + wrote, Line.Faint));
        }
    }

    private void Write(Line line) => line.WriteTo(screen);
}
