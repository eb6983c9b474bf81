using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.RecordHooks;

/// <summary>Rows out of an answer that comes in pieces.</summary>
public sealed class RecordReaderTests
{
    private const string Answer =
        """{"data":{"success":true,"counts":{"records":[9]},"records":[{"id":"1","metadata":{"a":[{}]},"config":{},"values":{"name":{"value":"Änn \"x\"","messages":[]},"age":{"value":12345678901234567890,"messages":[{"message":"m","source":"custom-logic","type":"error"}]}}},{"id":"2","values":{"age":{"value":null},"more":{"value":["a","b"]},"name":{"messages":[]}}}],"commitId":"c"},"records":[{"id":"none"}]}""";

    [Fact]
    public async Task EachRowIsReadWhateverThePiecesAreItComesIn()
    {
        var rows = await ReadAsync(new DribblingStream(Encoding.UTF8.GetBytes(Answer), 7));

        Assert.Equal(["1", "2"], rows.Select(r => r.Id));
        Assert.Equal(["name", "age"], rows[0].Fields);
        Assert.Equal(["age", "more", "name"], rows[1].Fields);
        Assert.Equal("Änn \"x\"", rows[0].GetText("name"));
        Assert.Equal("12345678901234567890", rows[0].GetText("age"));
        Assert.Null(rows[1].GetText("age"));
        Assert.Equal("""["a","b"]""", rows[1].GetText("more"));
        Assert.Null(rows[1].GetText("unknown"));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"a":[{}]}"""), rows[0].Metadata));
    }

    [Fact]
    public async Task ARowWhoseOldMessageIsNotWrittenAgainIsModifiedAndOneThatWasOnlyReadIsNot()
    {
        var rows = await ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(Answer)));
        rows[1].Get("more");
        rows[1].Set("age", (string?)null);

        Assert.Equal([true, false], rows.Select(r => r.IsModified));
        rows[0].AddError("age", "m");
        Assert.False(rows[0].IsModified);
    }

    [Fact]
    public async Task WhatIsWrittenHasOnlyTheCellsThatChanged()
    {
        var row = (await ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(Answer))))[1];
        row.Get("age");
        row.Set("name", "x");

        using var written = new MemoryStream();
        using (var writer = new Utf8JsonWriter(written))
        {
            row.WriteChanges(writer);
        }

        Assert.Equal("""{"id":"2","values":{"name":{"value":"x","messages":[]}},"metadata":{},"config":{}}""", Encoding.UTF8.GetString(written.ToArray()));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(300)]
    [InlineData(5)]
    public async Task AnAnswerThatIsCutOffIsAnErrorAndNotFewerRows(int missing) =>
        await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(Answer)[..^missing])));

    private static async Task<List<FlatfileRecord>> ReadAsync(Stream answer)
    {
        var rows = new List<FlatfileRecord>();
        await foreach (var row in FlatfileRecordReader.ReadAsync(answer, CancellationToken.None))
        {
            rows.Add(row);
        }

        return rows;
    }
}
