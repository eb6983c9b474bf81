using System.Text.Json;
using Flow.Tests.Support;

namespace Flow.Tests;

/// <summary>Real files through the whole house, as a user runs it.</summary>
public sealed class ImportTests
{
    private static readonly (string File, int Rows)[] Files =
        [("countries.csv", 249), ("regions.csv", 3_987), ("navaids.csv", 11_008), ("runways.csv", 48_184)];

    [Fact]
    public async Task FourRealFilesBecomeFourSheetsThatHoldEveryCellOfThem()
    {
        using var data = new TempFolder();
        await using var import = AgentProcess.Start(["import", .. Paths(), "--space", "Airports", "--json", "--data", data.Path]);
        var exit = await import.WaitForExitAsync(TimeSpan.FromMinutes(4));
        Assert.True(exit == 0, $"exit {exit}\n{import.Errors}\n{import.Output}");
        using var result = JsonDocument.Parse(import.Output);
        Assert.Equal(0, result.RootElement.GetProperty("exitCode").GetInt32());

        await using var server = AgentProcess.Start("serve", "--data", data.Path, "--port", "0");
        using var probe = await SpacesProbe.OpenAsync(data.Path, server, TimeSpan.FromSeconds(30));
        foreach (var (file, rows) in Files)
        {
            var answer = result.RootElement.GetProperty("files").EnumerateArray().Single(f => f.GetProperty("file").GetString()!.EndsWith(file, StringComparison.Ordinal));
            Assert.Equal(rows, answer.GetProperty("rowsRead").GetInt32());
            Assert.Equal(rows, answer.GetProperty("rowsWritten").GetInt32());
            Assert.Equal(0, answer.GetProperty("rowsRefused").GetInt32());
            Assert.Equal("complete", answer.GetProperty("jobStatus").GetString());
            var differences = await AirportSheets.CompareAsync(probe, answer.GetProperty("sheetId").GetString()!, file);
            Assert.True(differences.Count == 0, $"{file}: {differences.Count} cells differ, such as {string.Join("; ", differences.Take(5))}");
        }
    }

    [Fact]
    public async Task AFileThatNoBlueprintClaimsBecomesASheetOfItsOwn()
    {
        using var data = new TempFolder();
        var path = Path.Combine(data.Path, "planets.csv");
        await File.WriteAllTextAsync(path, "planet,moons,note\nMars,2,\"red, small\"\nVenus,0,\n007,NA, x \n");
        await using var import = AgentProcess.Start("import", path, "--json", "--data", Path.Combine(data.Path, "d"));
        Assert.Equal(0, await import.WaitForExitAsync(TimeSpan.FromMinutes(1)));
        using var result = JsonDocument.Parse(import.Output);
        var file = Assert.Single(result.RootElement.GetProperty("files").EnumerateArray().ToList());
        Assert.Equal(3, file.GetProperty("rowsWritten").GetInt32());
        Assert.Equal(3, file.GetProperty("valid").GetInt32());

        await using var server = AgentProcess.Start("serve", "--data", Path.Combine(data.Path, "d"), "--port", "0");
        using var probe = await SpacesProbe.OpenAsync(Path.Combine(data.Path, "d"), server, TimeSpan.FromSeconds(30));
        var texts = new List<string>();
        await foreach (var record in probe.RecordsAsync(file.GetProperty("sheetId").GetString()!))
        {
            texts.AddRange(record.GetProperty("values").EnumerateObject().Select(c => CellText.Of(c.Value)));
        }

        Assert.Equal(["Mars", "2", "red, small", "Venus", "0", "", "007", "NA", " x "], texts);
    }

    [Fact]
    public async Task ImportingTheSameFilesAgainAddsNoRow()
    {
        using var data = new TempFolder();
        var countries = Path.Combine(Repository.AirportData, "countries.csv");
        for (var run = 0; run < 2; run++)
        {
            await using var import = AgentProcess.Start("import", countries, "--json", "--data", data.Path);
            Assert.Equal(0, await import.WaitForExitAsync(TimeSpan.FromMinutes(1)));
            using var result = JsonDocument.Parse(import.Output);
            var file = result.RootElement.GetProperty("files")[0];
            Assert.Equal(249, file.GetProperty("valid").GetInt32() + file.GetProperty("withErrors").GetInt32());
        }
    }

    private static string[] Paths() => [.. Files.Select(f => Path.Combine(Repository.AirportData, f.File))];
}
