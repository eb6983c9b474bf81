using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Tests.Spreadsheets;

/// <summary>A spreadsheet read to its end, small enough to look at.</summary>
internal sealed record ReadSheets(string Format, IReadOnlyList<ReadSheet> Sheets, IReadOnlyList<ReadDecision> Decisions)
{
    /// <summary>The only sheet.</summary>
    public ReadSheet Single => Assert.Single(Sheets);

    public static Task<ReadSheets> FromAsync(XlsxParts parts, ReadOptions? options = null) => FromAsync(parts.ToBytes(), "file.xlsx", options);

    public static async Task<ReadSheets> FromAsync(byte[] bytes, string name, ReadOptions? options = null)
    {
        var content = await FileContent.OpenAsync(new MemoryStream(bytes), name, bytes.Length, CancellationToken.None);
        await using var file = await FileFormats.OpenAsync(content, options ?? ReadOptions.Auto, CancellationToken.None);
        var sheets = new List<ReadSheet>();
        while (await file.NextTableAsync(CancellationToken.None) is { } table)
        {
            sheets.Add(await ReadSheet.FromAsync(table));
        }

        return new ReadSheets(file.Format, sheets, file.Decisions);
    }

    public static async Task<UnreadableFileException> FaultAsync(byte[] bytes, string name = "file.xlsx") =>
        await Assert.ThrowsAsync<UnreadableFileException>(() => FromAsync(bytes, name));

    public static Task<UnreadableFileException> FaultAsync(XlsxParts parts) => FaultAsync(parts.ToBytes());
}
