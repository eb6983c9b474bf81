using System.Text;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Json;

/// <summary>JSON made to hurt.</summary>
public sealed class JsonLimitTests
{
    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public async Task NestingWithoutEndIsRefusedAtItsDepth(char open, char close)
    {
        var text = open == '[' ? new string('[', 100_000) + new string(close, 100_000) : string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "1" + new string(close, 100_000);

        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => TablesRead.FromTextAsync(text, "deep.json"));

        Assert.Contains("it is nested more than 64 levels deep", fault.Message);
    }

    [Fact]
    public async Task ADeepRecordEndsTheReadingBehindTheRowsBefore()
    {
        var deep = new string('[', 70) + new string(']', 70);

        var file = await TablesRead.FromTextAsync($$"""[{"a":1},{"a":{{deep}}}]""", "deep.json");

        Assert.Equal([["1"]], file.Only.Rows);
        Assert.Contains("it is nested more than 64 levels deep", file.Fault);
    }

    [Fact]
    public async Task ADeepLineIsRefusedAlone()
    {
        var deep = new string('[', 100_000) + new string(']', 100_000);

        var file = await TablesRead.FromTextAsync($$"""
            {"a":1}
            {"a":{{deep}}}
            {"a":3}
            """, "deep.jsonl");

        Assert.Equal([["1"], ["3"]], file.Only.Rows);
        Assert.Contains("line 2 is not valid JSON", Assert.Single(file.Only.Refused));
    }

    [Fact]
    public async Task MembersWithoutEndAreRefused()
    {
        var text = new StringBuilder("[{\"a\":0}");
        for (var i = 0; i < 20_000; i++)
        {
            text.Append($",{{\"m{i}\":1}}");
        }

        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => TablesRead.FromTextAsync(text.Append(']').ToString(), "wide.json"));

        Assert.StartsWith("The records of this file have more than 16,384 different columns, the limit.", fault.Message);
    }

    [Fact]
    public async Task TablesWithoutEndAreRefused()
    {
        var text = "{" + string.Join(',', Enumerable.Range(0, 501).Select(i => $"\"t{i}\":[{{\"a\":1}}]")) + "}";

        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => TablesRead.FromTextAsync(text, "many.json"));

        Assert.StartsWith("This file holds more than 500 tables, the limit. Give the reading option 'recordPath'", fault.Message);
    }

    [Theory]
    [InlineData("\"", "x")]
    [InlineData("", "1")]
    [InlineData("[", "1,")]
    public async Task AValueWithoutEndIsRefusedBeforeItIsRead(string begin, string again)
    {
        await using var endless = new RepeatingStream(Encoding.UTF8.GetBytes($"[{{\"a\":1}},\n{{\"a\":{begin}"), Encoding.UTF8.GetBytes(again), 40 * 1024 * 1024);

        var file = await TablesRead.FromStreamAsync(endless, "endless.json", 0);

        Assert.Equal([["1"]], file.Only.Rows);
        Assert.StartsWith("The value that begins in line 2 of this file is longer than 16 MB, the limit for one record.", file.Fault);
    }

    [Fact]
    public async Task AnEndlessLineIsRefused()
    {
        await using var endless = new RepeatingStream("{\"a\":1}\n{\"a\":2}\n{\"a\":\""u8.ToArray(), "x"u8.ToArray(), 40 * 1024 * 1024);

        var file = await TablesRead.FromStreamAsync(endless, "endless.jsonl", 0);

        Assert.Equal([["1"], ["2"]], file.Only.Rows);
        Assert.StartsWith("The line that begins in line 3 of this file is longer than 16 MB", file.Fault);
    }

    [Fact]
    public async Task ARecordJustBelowTheLimitIsRead()
    {
        var text = new string('x', TableLimits.JsonRecord - 100);

        var file = await TablesRead.FromTextAsync($$"""[{"a":"{{text}}"},{"a":2}]""", "big.json");

        Assert.Equal(text, file.Only.Rows[0][0]);
        Assert.Equal("2", file.Only.Rows[1][0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task HowTheBytesArriveMakesNoDifference(int atOnce)
    {
        var text = Encoding.UTF8.GetBytes("""{"x":[{"a":"äö","b":{"c":1}},{"a":"😀","d":[1,2]}],"y":[["p","q"],[1,2],[3,4]]}""");

        var whole = await TablesRead.FromBytesAsync(text, "d.json");
        var dribbled = await TablesRead.FromStreamAsync(new DribblingStream(text, atOnce), "d.json", text.Length);

        Assert.Equal(whole.Tables.SelectMany(t => t.Rows), dribbled.Tables.SelectMany(t => t.Rows));
        Assert.Equal(["äö", "1", ""], dribbled["x"].Rows[0]);
    }

    [Fact]
    public async Task DamageIsToldAndNeverThrowsAnythingElse()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40).Select(i => $"{(i == 0 ? "{\"rows\":[" : ",")}{{\"id\":{i},\"n\":{{\"t\":\"v{i}\"}},\"l\":[{i},true]}}")) + "],\"z\":1}");
        var random = new Random(6);
        for (var round = 0; round < 1_000; round++)
        {
            var damaged = (byte[])text.Clone();
            for (var hit = random.Next(1, 4); hit > 0; hit--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            var length = random.Next(4) == 0 ? random.Next(damaged.Length) : damaged.Length;
            try
            {
                var once = await TablesRead.FromBytesAsync(damaged[..length], "d.json");
                var again = await TablesRead.FromBytesAsync(damaged[..length], "d.json");
                Assert.Equal(once.Tables.SelectMany(t => t.Rows), again.Tables.SelectMany(t => t.Rows));
                Assert.Equal(once.Tables.SelectMany(t => t.Refused), again.Tables.SelectMany(t => t.Refused));
            }
            catch (UnreadableFileException fault)
            {
                Assert.NotEmpty(fault.Message);
            }
        }
    }
}
