using System.Security.Cryptography;
using System.Text;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Tests.Corpus;

/// <summary>A file read to its end through the formats, as a handler does it.</summary>
/// <param name="Decisions">Those of the file.</param>
/// <param name="Tables">In the order of the file.</param>
internal sealed record ReadFile(IReadOnlyList<ReadDecision> Decisions, IReadOnlyList<ReadFile.Table> Tables)
{
    /// <param name="Labels">One per column.</param>
    /// <param name="Rows">The rows taken.</param>
    /// <param name="Refused">Numbers of the rows refused.</param>
    /// <param name="Decisions">Those of the table.</param>
    public sealed record Table(IReadOnlyList<string> Labels, IReadOnlyList<string[]> Rows, IReadOnlyList<long> Refused, IReadOnlyList<ReadDecision> Decisions)
    {
        public string? Value(string property) => Decisions.FirstOrDefault(d => d.Property == property)?.Value;

        public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Rows.Select(r => string.Join('\u001f', r) + '\u001e')))));
    }

    public static Task<ReadFile> FromPathAsync(string path) => FromStreamAsync(File.OpenRead(path), Path.GetFileName(path), ReadOptions.Auto);

    public static async Task<ReadFile> FromStreamAsync(Stream stream, string name, ReadOptions options)
    {
        var content = await FileContent.OpenAsync(stream, name, 0, CancellationToken.None);
        await using var file = await FileFormats.OpenAsync(content, options, CancellationToken.None);
        var tables = new List<Table>();
        while (await file.NextTableAsync(CancellationToken.None) is { } table)
        {
            tables.Add(await ReadAsync(table));
        }

        return new ReadFile(file.Decisions, tables);
    }

    private static async Task<Table> ReadAsync(ITable table)
    {
        var (rows, refused) = (new List<string[]>(), new List<long>());
        while (await table.ReadAsync(CancellationToken.None))
        {
            if (table.Refusal is not null)
            {
                refused.Add(table.Row);
                continue;
            }

            var cells = new string[table.Labels.Count];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = table.Cell(i).ToString();
            }

            rows.Add(cells);
        }

        return new Table(table.Labels, rows, refused, table.Decisions);
    }
}
