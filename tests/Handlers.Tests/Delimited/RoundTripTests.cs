using System.Buffers;
using Flatfile.Agent.Handlers.Delimited;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Delimited;

/// <summary>Random tables written by the reference writer read back equal, whatever the buffers cut.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] Pieces =
        ["a", "Zoë", "語", "😀", "\"", "\"\"", "'", ",", ";", "\t", "|", "\n", "\r\n", "\r", " ", "  ", "0", "007", "-1.5", "NA", "null", "true", "\\", "\\\"", ":", "\uFEFF", "x\u00A0y", ""];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task RandomCellsReadBackEqual(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var dialect = new Dialect { Delimiter = ",;\t|:^"[random.Next(6)].ToString(), Quote = "\"'"[random.Next(2)] };
            var width = random.Next(1, 6);
            var rows = Enumerable.Range(0, random.Next(1, 40)).Select(_ => Enumerable.Range(0, width).Select(_ => Cell(random)).ToArray()).ToList();
            var text = DelimitedText.Write(rows, dialect.Delimiter[0], dialect.Quote, random.Next(2) == 0 ? "\n" : "\r\n", random.Next(3) == 0, random.Next(2) == 0);

            var head = text[..random.Next(text.Length + 1)];
            var buffer = ArrayPool<char>.Shared.Rent(Math.Max(64, head.Length));
            head.CopyTo(buffer);
            using var reader = new DelimitedReader(new StringReader(text[head.Length..]), buffer, head.Length, dialect);
            foreach (var row in rows)
            {
                Assert.True(await reader.ReadAsync(CancellationToken.None));
                Assert.Equal(QuoteFault.None, reader.Fault);
                Assert.Equal(row, Enumerable.Range(0, reader.Count).Select(i => reader.Cell(i).ToString()));
            }

            Assert.False(await reader.ReadAsync(CancellationToken.None));
        }
    }

    private static string Cell(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(0, 5)).Select(_ => Pieces[random.Next(Pieces.Length)]));
}
