using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Benchmarks;

/// <summary>The official delimiter extractor in a Node process, against a server of its own, with the packages that the flow tests install.</summary>
internal static class OfficialExtractor
{
    /// <returns>Seconds from the end of the upload to the end of the job, and the peak memory of Node; null where Node or the packages are missing.</returns>
    public static async Task<(double Seconds, long PeakBytes)?> RunAsync(string file, string data)
    {
        var folder = Path.Combine(Checkout.Root, "artifacts", "node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@flatfile", "plugin-delimiter-extractor")) || !File.Exists(Path.Combine(folder, "support", "listening.mjs")))
        {
            Console.Error.WriteLine("The official extractor is not measured: its packages are missing. Run ./agent test once with Node installed.");
            return null;
        }

        await using var host = await ServedHost.StartAsync(data, "flatfile/*");
        using var client = host.Client();
        var environment = (await client.Spaces.CreateAsync(new() { Name = "Official" })).EnvironmentId;
        var start = new ProcessStartInfo("node", ["--max-old-space-size=12000", Path.Combine(Checkout.Root, "tests", "Benchmarks", "js", "extract.mjs"), file])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        start.Environment["FLATFILE_API_URL"] = host.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        start.Environment["FLATFILE_BEARER_TOKEN"] = host.Http.DefaultRequestHeaders.Authorization!.Parameter;
        start.Environment["FLATFILE_API_KEY"] = host.Http.DefaultRequestHeaders.Authorization!.Parameter;
        start.Environment["FLATFILE_ENVIRONMENT_ID"] = environment;
        using var node = Process.Start(start)!;
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        var last = output.Split('\n').LastOrDefault(line => line.StartsWith('{'));
        if (node.ExitCode != 0 || last is null)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The official extractor ended with {node.ExitCode}: {output}"));
            return null;
        }

        using var answer = JsonDocument.Parse(last);
        return (answer.RootElement.GetProperty("seconds").GetDouble(), answer.RootElement.GetProperty("peakBytes").GetInt64());
    }
}
