using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Benchmarks;

/// <summary>Runs the official JavaScript listener on the same events, with the package that the flow tests install.</summary>
internal static class OfficialListener
{
    /// <returns>Events per second; null where Node or the package is missing.</returns>
    public static double? Measure(string[] events, int listeners)
    {
        var folder = Path.Combine(Checkout.Root, "artifacts", "node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@flatfile", "listener")))
        {
            return null;
        }

        using var scratch = new Scratch();
        var file = Path.Combine(scratch.Path, "events.jsonl");
        File.WriteAllLines(file, events);
        var program = Path.Combine(Checkout.Root, "tests", "Benchmarks", "js", "dispatch.mjs");
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", [program, file, listeners.ToString(CultureInfo.InvariantCulture)])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
            })!;
            var output = node.StandardOutput.ReadToEnd();
            node.WaitForExit();
            if (node.ExitCode != 0)
            {
                return null;
            }

            using var answer = JsonDocument.Parse(output);
            return answer.RootElement.GetProperty("perSecond").GetDouble();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
