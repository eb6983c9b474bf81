namespace Flow.Tests.Support;

/// <summary>Compares a sheet with the file it came from, cell by cell, by position.</summary>
internal static class AirportSheets
{
    /// <returns>One line per cell that differs, and one when the number of rows does.</returns>
    public static async Task<List<string>> CompareAsync(SpacesProbe probe, string sheetId, string file)
    {
        var rows = PlainCsv.Read(Path.Combine(Repository.AirportData, file));
        var header = rows[0];
        var sheet = await probe.GetAsync($"sheets/{sheetId}");
        var keys = sheet.GetProperty("config").GetProperty("fields").EnumerateArray().Select(f => f.GetProperty("key").GetString()!).ToList();
        var column = header.Select(h => keys.FindIndex(k => Normalised(k) == Normalised(h))).ToArray();
        var differences = header.Where((_, i) => column[i] < 0).Select(h => $"no field for column {h}").ToList();
        var seen = new HashSet<string>();
        var at = 1;
        await foreach (var record in probe.RecordsAsync(sheetId))
        {
            if (!seen.Add(record.GetProperty("id").GetString()!))
            {
                differences.Add($"record {record.GetProperty("id")} came twice");
            }

            if (at >= rows.Count)
            {
                differences.Add($"row {at} is more than the file has");
                break;
            }

            var values = record.GetProperty("values");
            for (var i = 0; i < header.Length; i++)
            {
                var expected = i < rows[at].Length ? rows[at][i] : string.Empty;
                var actual = column[i] < 0 ? string.Empty : CellText.Of(values.GetProperty(keys[column[i]]));
                if (actual != expected)
                {
                    differences.Add($"row {at} {header[i]}: file '{expected}', sheet '{actual}'");
                }
            }

            at++;
        }

        if (at != rows.Count)
        {
            differences.Add($"{at - 1} rows in the sheet, {rows.Count - 1} in the file");
        }

        return differences;
    }

    private static string Normalised(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
