using System.Collections.Concurrent;
using Flatfile.Agent.Host.Importing;
using Spectre.Console;

namespace Flatfile.Agent.Host.Output;

/// <summary>A moving bar for each file and job.</summary>
internal sealed class LiveImportView(ProgressContext context) : IImportView
{
    private readonly ConcurrentDictionary<(string File, string Step), ProgressTask> _bars = new();
    private readonly Lock _adding = new();

    /// <summary>Runs the work below its bars, or in plain lines where nothing can move.</summary>
    public static async Task<T> WatchAsync<T>(IAnsiConsole screen, bool quiet, Func<IImportView, Task<T>> work)
    {
        if (!Screen.IsLive(screen))
        {
            return await work(new PlainImportView(quiet ? null : screen));
        }

        return await screen.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context => work(new LiveImportView(context)));
    }

    public void Show(string file, string step, double percent, string? info = null)
    {
        var bar = BarOf(file, step);
        bar.Value = Math.Max(bar.Value, percent);
        bar.Description = Markup.Escape(info is null || percent >= 100 ? $"{file}: {step}" : $"{file}: {step}: {info}");
        if (percent >= 100)
        {
            bar.StopTask();
        }
    }

    private ProgressTask BarOf(string file, string step)
    {
        lock (_adding)
        {
            return _bars.GetOrAdd((file, step), key => context.AddTask(Markup.Escape($"{key.File}: {key.Step}")));
        }
    }
}
