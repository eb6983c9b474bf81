using System.Collections.Concurrent;
using Flatfile.Agent.Host.Importing;
using Spectre.Console;

namespace Flatfile.Agent.Host.Output;

/// <summary>A line for each step that ended: for logs and pipes.</summary>
internal sealed class PlainImportView(IAnsiConsole? screen) : IImportView
{
    private readonly ConcurrentDictionary<(string File, string Step), bool> _said = new();

    public void Show(string file, string step, double percent, string? info = null)
    {
        if (screen is not null && percent >= 100 && _said.TryAdd((file, step), true))
        {
            lock (_said)
            {
                screen.WriteLine(info is not null && info.StartsWith(file, StringComparison.Ordinal) ? $"{step}: {info}" : $"{file}: {step}{(info is null ? "" : ": " + info)}");
            }
        }
    }
}
