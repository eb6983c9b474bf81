using CsvHelper;

namespace OurAirports.Tests;

/// <summary>One of the public files, read by an independent parser.</summary>
internal static class DataFile
{
    public static List<string[]> Read(string name)
    {
        using var reader = CsvReader.FromFile(Path.Combine(AppContext.BaseDirectory, "data", name), new CsvReaderOptions { HasHeader = false });
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i))]);
        }

        return rows;
    }
}
