using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Flatfile.Api;
using Flow.Tests.Support;

namespace Flow.Tests;

/// <summary>The process is killed again and again during one export: the next start goes on, and one file holds every row once, in its order.</summary>
public sealed class ExportKillTests
{
    private const string File = "runways.csv";

    /// <summary>While the rows are read; before what is to be uploaded is known; before the upload; after it; before the end is told.</summary>
    private static readonly string?[] Everywhere = [null, "job.before-checkpoint:1", "job.after-checkpoint:1", "job.before-checkpoint:2", "job.before-complete:1"];

    private static readonly (string Format, string?[] Deaths)[] Exports =
        [("csv", Everywhere), ("jsonl", [null, "job.after-checkpoint:1"]), ("xlsx", [null, "job.before-checkpoint:2"])];

    [Fact]
    public async Task KilledInItsStepsItLeavesOneFileWithEveryRowOnce()
    {
        using var data = new TempFolder();
        var sheet = await ImportAsync(data.Path);
        foreach (var (format, deaths) in Exports)
        {
            var job = await DieAsync(data.Path, sheet, format, deaths);
            await using var agent = Serve(data.Path, death: null);
            using var probe = await SpacesProbe.OpenAsync(data.Path, agent, TimeSpan.FromSeconds(30));
            using var client = Client(probe);
            await Eventually.Async(
                async () => (await client.Jobs.GetAsync(job)).Status is JobStatus.Complete or JobStatus.Failed, TimeSpan.FromMinutes(1), () => $"the export to end\n{agent.Errors}");
            var ended = await client.Jobs.GetAsync(job);
            Assert.True(ended.Status == JobStatus.Complete, ended.Info);
            var files = await probe.GetAsync($"files?spaceId={ended.SpaceId}&mode=export&pageSize=100");
            var file = Assert.Single(files.EnumerateArray(), f => f.GetProperty("name").GetString() == "out." + format);
            var path = Path.Combine(data.Path, "out." + format);
            await using (var copy = System.IO.File.Create(path))
            {
                await using var content = await client.Files.DownloadAsync(file.GetProperty("id").GetString()!);
                await content.CopyToAsync(copy);
            }

            Assert.Equal(PlainCsv.Read(Path.Combine(Repository.AirportData, File)).Skip(1).Select(r => r[0]), Ids(path));
        }
    }

    /// <summary>Asks for an export and lets the agent die in it, each time at another place.</summary>
    /// <returns>The id of its job.</returns>
    private static async Task<string> DieAsync(string data, string sheet, string format, IEnumerable<string?> deaths)
    {
        string? job = null;
        foreach (var death in deaths)
        {
            await using var agent = Serve(data, death);
            if (death is not null)
            {
                var exit = await agent.WaitForExitAsync(TimeSpan.FromMinutes(1));
                Assert.True(exit == 137, $"{format}: {death} was not met: exit {exit}\n{agent.Errors}");
                continue;
            }

            using var probe = await SpacesProbe.OpenAsync(data, agent, TimeSpan.FromSeconds(30));
            using var client = Client(probe);
            job = (await client.Jobs.CreateAsync(new JobConfig
            {
                Type = "sheet", Operation = "export", Source = sheet, Trigger = JobTrigger.Immediate, Input = new JsonObject { ["format"] = format, ["fileName"] = "out" },
            })).Id;
            await Eventually.Async(
                async () => (await client.Jobs.GetAsync(job)).Status == JobStatus.Executing, TimeSpan.FromSeconds(30), () => $"the export to run\n{agent.Errors}");
            await agent.KillAsync();
        }

        return job!;
    }

    private static FlatfileClient Client(SpacesProbe probe) => new(new FlatfileClientOptions { BaseAddress = probe.Address, Token = probe.Key });

    private static AgentProcess Serve(string data, string? death) => AgentProcess.Start(
        death is null ? [] : new Dictionary<string, string> { ["FLATFILE_AGENT_FAILPOINTS"] = death + ":kill" }, "serve", "--data", data, "--port", "0");

    private static async Task<string> ImportAsync(string data)
    {
        await using var import = AgentProcess.Start("import", Path.Combine(Repository.AirportData, File), "--json", "--data", data);
        var exit = await import.WaitForExitAsync(TimeSpan.FromMinutes(2));
        Assert.True(exit == 0, $"exit {exit}\n{import.Errors}");
        using var result = JsonDocument.Parse(import.Output);
        return result.RootElement.GetProperty("files")[0].GetProperty("sheetId").GetString()!;
    }

    /// <summary>The first column of the exported file, read without any code of the product.</summary>
    private static List<string> Ids(string path) => Path.GetExtension(path) switch
    {
        ".csv" => [.. PlainCsv.Read(path).Skip(1).Select(r => r[0])],
        ".jsonl" => [.. System.IO.File.ReadLines(path).Select(line => JsonNode.Parse(line)!.AsObject().First().Value!.ToString())],
        _ => Workbook(path),
    };

    private static List<string> Workbook(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        using var stream = zip.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        var sheet = XDocument.Load(stream).Root!;
        var rows = sheet.Descendants(sheet.Name.Namespace + "row").Skip(1);
        return [.. rows.Select(row => row.Elements().First(cell => cell.Attribute("r")!.Value.StartsWith('A')).Value)];
    }
}
