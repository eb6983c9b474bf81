using System.Globalization;
using System.Text;

namespace Kill.Load;

/// <summary>One file that is uploaded.</summary>
/// <param name="Number">Its place in the order of uploads.</param>
/// <param name="Rows">Its rows; 0 for one that cannot be read.</param>
/// <param name="IsCanceled">True when its extraction is cancelled while it runs.</param>
internal sealed record PlannedFile(int Number, int Rows, bool IsCanceled)
{
    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"file-{Number:00000}.csv");

    public bool IsReadable => Rows > 0;

    /// <summary>The key of a row, which no other row of any file has.</summary>
    public string RowKey(int row) => string.Create(CultureInfo.InvariantCulture, $"{Number}-{row}");

    public byte[] Content()
    {
        if (!IsReadable)
        {
            // What a picture looks like that was renamed.
            return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, .. Enumerable.Range(0, 500).Select(i => (byte)(i * 31))];
        }

        var text = new StringBuilder("key,name,amount,note\n");
        for (var row = 1; row <= Rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{RowKey(row)},name {row},{row * 7 % 1000},\"row {row}, of file {Number}\"\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>One of many pages.</summary>
    public static PlannedFile Large(int number, Random random) => new(number, random.Next(60_000, 90_000), IsCanceled: false);

    /// <summary>Mostly small, some of several pages, few that cannot be read or are cancelled.</summary>
    public static PlannedFile Next(int number, Random random) => new(
        number,
        random.Next(20) == 0 ? 0 : random.Next(10) < 6 ? random.Next(20, 500) : random.Next(5_500, 16_000),
        random.Next(20) == 0);
}
