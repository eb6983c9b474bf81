using System.Text;
using Flatfile.Agent.Handlers.Delimited;

namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>A delimited file read to its end, small enough to look at.</summary>
internal sealed record ReadTable(
    IReadOnlyList<string> Labels, IReadOnlyList<string> Keys, IReadOnlyList<string[]> Rows, IReadOnlyList<long> Numbers,
    IReadOnlyList<string> Refused, IReadOnlyList<string> Remarks, Dialect Dialect, string Encoding, SniffedHeader Header)
{
    public static Task<ReadTable> FromTextAsync(string text, string name = "file.csv") => FromBytesAsync(Utf8.GetBytes(text), name);

    public static Task<ReadTable> FromBytesAsync(byte[] bytes, string name = "file.csv") => FromStreamAsync(new MemoryStream(bytes), name);

    public static async Task<ReadTable> FromStreamAsync(Stream stream, string name = "file.csv")
    {
        using var file = await DelimitedFile.OpenAsync(stream, name, CancellationToken.None);
        var (rows, numbers, refused, remarks) = (new List<string[]>(), new List<long>(), new List<string>(), new List<string>());
        while (await file.ReadAsync(CancellationToken.None))
        {
            if (file.Refusal is { } reason)
            {
                refused.Add(reason);
                continue;
            }

            var cells = new string[file.Keys.Count];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = file.Cell(i).ToString();
                if (file.Remark(i) is { } remark)
                {
                    remarks.Add($"row {file.Row}, column {i + 1}: {remark}");
                }
            }

            rows.Add(cells);
            numbers.Add(file.Row);
        }

        return new ReadTable(file.Header.Labels, file.Keys, rows, numbers, refused, remarks, file.Dialect, file.EncodingName, file.Header);
    }

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
}
