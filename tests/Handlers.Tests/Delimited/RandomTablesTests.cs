using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Tests.Corpus;

namespace Flatfile.Agent.Handlers.Tests.Delimited;

/// <summary>100,000 random tables and random damages. Each test is split so that its parts run beside each other.</summary>
public abstract class RandomTablesTests(int part)
{
    private const int Parts = 2;
    private const int Told = 30_000;
    private const int Found = 30_000;
    private const int Damaged = 40_000;

    [Fact]
    public Task ATableWhoseDialectIsToldReadsBackEqual() => ForEachAsync(Told, async (seed, size) =>
    {
        var table = new RandomTable(seed, size);
        var read = await ReadFile.FromStreamAsync(new MemoryStream(table.ToBytes()), "file.csv", table.Options);
        return Differs(table, [.. read.Tables.SelectMany(t => t.Rows)], read.Tables[0].Labels, read.Tables.Sum(t => t.Refused.Count));
    });

    [Fact]
    public Task ATableThatIsClearReadsBackEqualWithoutOptions() => ForEachAsync(Found, async (seed, size) =>
    {
        var table = RandomTable.Clear(seed, size);
        var read = await ReadFile.FromStreamAsync(new MemoryStream(table.ToBytes()), "file.csv", ReadOptions.Auto with { Encoding = table.Options.Encoding });
        return Differs(table, read.Tables[0].Rows, read.Tables[0].Labels, read.Tables[0].Refused.Count);
    });

    [Fact]
    public Task DamageIsReadOrRefusedAlikeEachTimeAndThrowsNothingElse() => ForEachAsync(Damaged, async (seed, size) =>
    {
        var bytes = Damage(new RandomTable(seed, size).ToBytes(), new Random(seed));
        return await SummaryAsync(bytes) is var first && await SummaryAsync(bytes) is var second && first == second ? null : $"{first} and then {second}";
    });

    private static string? Differs(RandomTable table, IReadOnlyList<string[]> rows, IReadOnlyList<string> labels, int refused)
    {
        var expected = table.Expected().ToList();
        return refused > 0 ? $"{table}: {refused} refused"
            : !labels.SequenceEqual(table.Labels) ? $"{table}: labels {string.Join('/', labels)}"
            : rows.Count != expected.Count ? $"{table}: {rows.Count} rows"
            : Enumerable.Range(0, rows.Count).FirstOrDefault(i => !rows[i].SequenceEqual(expected[i]), -1) is >= 0 and var wrong
                ? $"{table}: row {wrong + 1} is {string.Join('/', rows[wrong])}, not {string.Join('/', expected[wrong])}"
                : null;
    }

    private static async Task<string> SummaryAsync(byte[] bytes)
    {
        try
        {
            var read = await ReadFile.FromStreamAsync(new MemoryStream(bytes), "file.csv", ReadOptions.Auto);
            return string.Join(' ', read.Tables.Select(t => $"{t.Rows.Count}+{t.Refused.Count}:{t.Sha256}"));
        }
        catch (UnreadableFileException fault)
        {
            return fault.Message;
        }
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        var damaged = bytes.ToList();
        for (var hits = random.Next(1, 5); hits > 0 && damaged.Count > 1; hits--)
        {
            var place = random.Next(damaged.Count);
            switch (random.Next(4))
            {
                case 0:
                    damaged[place] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged.RemoveRange(place, Math.Min(random.Next(1, 20), damaged.Count - place));
                    break;
                case 2:
                    damaged.InsertRange(place, Enumerable.Range(0, random.Next(1, 6)).Select(_ => (byte)"\"',;\n\r\\\0\t|"[random.Next(10)]));
                    break;
                default:
                    damaged.RemoveRange(place, damaged.Count - place);
                    break;
            }
        }

        return [.. damaged];
    }

    /// <summary>Runs the cases of this part; the first that fails is repeated with ever larger sizes, so that the smallest is told.</summary>
    private async Task ForEachAsync(int cases, Func<int, int, Task<string?>> run)
    {
        for (var seed = part; seed < cases; seed += Parts)
        {
            if (await run(seed, seed % 12) is null)
            {
                continue;
            }

            for (var size = 0; size <= seed % 12; size++)
            {
                Assert.True(await run(seed, size) is not { } why, $"Seed {seed}, size {size}: {await run(seed, size)}");
            }
        }
    }

    public sealed class EvenSeeds() : RandomTablesTests(0);

    public sealed class OddSeeds() : RandomTablesTests(1);
}
