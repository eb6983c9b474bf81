using System.Globalization;
using Spectre.Console;

namespace Flatfile.Agent.Host.Output;

/// <summary>One moving bar for one large transfer; nothing where nobody watches.</summary>
internal static class TransferView
{
    /// <summary>Runs a transfer; a length that is not known beforehand shows what has come so far.</summary>
    public static async Task<T> WatchAsync<T>(IAnsiConsole screen, string title, long? length, Func<IProgress<long>, Task<T>> work)
    {
        if (!Screen.IsLive(screen))
        {
            return await work(new Nobody());
        }

        return await screen.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask(Markup.Escape(title), maxValue: Math.Max(1, length ?? 1));
                bar.IsIndeterminate = length is null;
                return work(new Bar(bar, title, length));
            });
    }

    /// <summary>Bytes as people say them.</summary>
    public static string Size(long bytes) => bytes < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(bytes, 1) / 1_000.0:0.0} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.0} MB");

    private sealed class Nobody : IProgress<long>
    {
        public void Report(long value)
        {
        }
    }

    private sealed class Bar(ProgressTask bar, string title, long? length) : IProgress<long>
    {
        public void Report(long value)
        {
            bar.Value = length is null ? 0 : value;
            bar.IsIndeterminate = length is null || value >= length;
            bar.Description = Markup.Escape(value >= length ? $"{title}: the server checks it" : $"{title}: {Size(value)}");
        }
    }
}
