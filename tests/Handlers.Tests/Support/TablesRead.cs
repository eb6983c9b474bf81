using System.Text;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>A file read to its end through the formats, as a handler does it.</summary>
internal sealed record TablesRead(string Format, IReadOnlyList<TableRead> Tables, IReadOnlyList<ReadDecision> Decisions, string? Fault)
{
    public TableRead Only => Tables.Single();

    public TableRead this[string name] => Tables.Single(t => t.Name == name);

    /// <summary>What was decided of a property, each with its evidence, of the file or any table.</summary>
    public string Decided(string property) =>
        string.Join('\n', Decisions.Concat(Tables.SelectMany(t => t.Decisions)).Where(d => d.Property == property).Select(d => $"{d.Value}: {d.Evidence}"));

    public static Task<TablesRead> FromTextAsync(string text, string name, ReadOptions? options = null) => FromBytesAsync(Encoding.UTF8.GetBytes(text), name, options);

    public static Task<TablesRead> FromBytesAsync(byte[] bytes, string name, ReadOptions? options = null) =>
        FromStreamAsync(new MemoryStream(bytes), name, bytes.Length, options);

    /// <exception cref="UnreadableFileException">The file cannot be opened. A fault behind the opening stands in <see cref="Fault"/>.</exception>
    public static async Task<TablesRead> FromStreamAsync(Stream stream, string name, long length, ReadOptions? options = null)
    {
        var content = await FileContent.OpenAsync(stream, name, length, CancellationToken.None);
        await using var file = await FileFormats.OpenAsync(content, options ?? ReadOptions.Auto, CancellationToken.None);
        var tables = new List<TableRead>();
        string? fault = null;
        try
        {
            while (await file.NextTableAsync(CancellationToken.None) is { } table)
            {
                var read = new TableRead(table.Name, [.. table.Labels]);
                tables.Add(read);
                await read.FillAsync(table);
            }
        }
        catch (UnreadableFileException unreadable)
        {
            fault = unreadable.Message;
        }

        return new TablesRead(file.Format, tables, [.. file.Decisions], fault);
    }
}
