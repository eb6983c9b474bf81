using System.Globalization;

namespace Benchmarks;

/// <summary>Files of as many rows as wanted, always the same: five row numbers and fifteen numbers of nine digits, some 190 bytes a row, or more with wide row numbers.</summary>
internal static class GeneratedCsv
{
    public const int Columns = 20;

    public static async Task WriteAsync(string path, int rows, int width = 0)
    {
        var random = new Random(20);
        await using var writer = new StreamWriter(path);
        await writer.WriteLineAsync(string.Join(',', Enumerable.Range(1, Columns).Select(i => $"column {i}")));
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                if (column > 0)
                {
                    await writer.WriteAsync(',');
                }

                var number = (column % 4 == 0 ? row : random.Next(1_000_000_000)).ToString(CultureInfo.InvariantCulture);
                await writer.WriteAsync(column % 4 == 0 ? number.PadRight(width, 'x') : number);
            }

            await writer.WriteAsync('\n');
        }
    }
}
