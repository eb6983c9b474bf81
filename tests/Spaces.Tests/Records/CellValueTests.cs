using System.Text.Json.Nodes;
using Flatfile.Spaces.Records;

namespace Flatfile.Spaces.Tests.Records;

public class CellValueTests
{
    private const string Options = """ "config":{"options":[{"value":"red"},{"value":5},{"value":true},{"label":"Blue"}]}""";

    /// <summary>Type, what came, the value, the raw text (if any), the source of a message (if any).</summary>
    public static TheoryData<string, string, string, string?, string?> Casts => new()
    {
        { """ "type":"string" """, "\"02\"", "\"02\"", null, null },
        { """ "type":"string" """, "5", "\"5\"", null, null },
        { """ "type":"string" """, "1.50", "\"1.50\"", null, null },
        { """ "type":"string" """, "true", "\"true\"", null, null },
        { """ "type":"string" """, "\"\"", "null", null, null },
        { """ "type":"string" """, "[\"a\"]", "[\"a\"]", null, "invalid-value" },
        { """ "type":"number" """, "\"373\"", "373", null, null },
        { """ "type":"number" """, "373", "373", null, null },
        { """ "type":"number" """, "\"1.50\"", "1.50", null, null },
        { """ "type":"number" """, "1e5", "1e5", null, null },
        { """ "type":"number" """, "\"-0\"", "-0", null, null },
        { """ "type":"number" """, "\"-23.072\"", "-23.072", null, null },
        { """ "type":"number" """, "\"12345678901234567890\"", "12345678901234567890", null, null },
        { """ "type":"number" """, "\"9223372036854775808\"", "9223372036854775808", null, null },
        { """ "type":"number" """, "\"007\"", "7", "007", null },
        { """ "type":"number" """, "\" 5\"", "5", " 5", null },
        { """ "type":"number" """, "\"+5\"", "5", "+5", null },
        { """ "type":"number" """, "\".5\"", "0.5", ".5", null },
        { """ "type":"number" """, "\"5.\"", "5", "5.", null },
        { """ "type":"number" """, "\"NA\"", "\"NA\"", null, "invalid-value" },
        { """ "type":"number" """, "\"1,234\"", "\"1,234\"", null, "invalid-value" },
        { """ "type":"number" """, "\"NaN\"", "\"NaN\"", null, "invalid-value" },
        { """ "type":"number" """, "\"1e\"", "\"1e\"", null, "invalid-value" },
        { """ "type":"number","isArray":true """, "[1,2.50]", "[1,2.50]", null, null },
        { """ "type":"boolean" """, "true", "true", null, null },
        { """ "type":"boolean" """, "\"false\"", "false", null, null },
        { """ "type":"boolean" """, "\"yes\"", "true", "yes", null },
        { """ "type":"boolean" """, "\"TRUE\"", "true", "TRUE", null },
        { """ "type":"boolean" """, "\"0\"", "false", "0", null },
        { """ "type":"boolean" """, "1", "true", "1", null },
        { """ "type":"boolean" """, "\"NA\"", "\"NA\"", null, "invalid-value" },
        { """ "type":"date" """, "\"2024-01-05\"", "\"2024-01-05\"", null, null },
        { """ "type":"date" """, "\"2024/1/5\"", "\"2024-01-05\"", "2024/1/5", null },
        { """ "type":"date" """, "\"2024-02-29T10:00:00.000Z\"", "\"2024-02-29\"", "2024-02-29T10:00:00.000Z", null },
        { """ "type":"date" """, "\"5 Jan 2024\"", "\"2024-01-05\"", "5 Jan 2024", null },
        { """ "type":"date" """, "\"2023-02-29\"", "\"2023-02-29\"", null, "invalid-value" },
        { """ "type":"date" """, "\"1/2/2024\"", "\"1/2/2024\"", null, "invalid-value" },
        { $""" "type":"enum",{Options} """, "\"red\"", "\"red\"", null, null },
        { $""" "type":"enum",{Options} """, "5", "5", null, null },
        { $""" "type":"enum",{Options} """, "\"5\"", "\"5\"", null, null },
        { $""" "type":"enum",{Options} """, "true", "true", null, null },
        { $""" "type":"enum",{Options} """, "\"Blue\"", "\"Blue\"", null, null },
        { $""" "type":"enum",{Options} """, "\"blue\"", "\"blue\"", null, "invalid-option" },
        { $""" "type":"enum",{Options} """, "6", "6", null, "invalid-option" },
        { """ "type":"enum","config":{"allowCustom":true,"options":[]} """, "\"any\"", "\"any\"", null, null },
        { $""" "type":"enum-list",{Options} """, "[\"red\", \"Blue\"]", "[\"red\",\"Blue\"]", null, null },
        { $""" "type":"enum-list",{Options} """, "[\"red\",\"x\"]", "[\"red\",\"x\"]", null, "invalid-option" },
        { $""" "type":"enum-list",{Options} """, "[]", "null", null, null },
        { """ "type":"string-list" """, "[\"a\",\"ä\\n\"]", "[\"a\",\"ä\\n\"]", null, null },
        { """ "type":"string-list" """, "\"a\"", "\"a\"", null, "invalid-value" },
        { """ "type":"string-list" """, "[[1]]", "[[1]]", null, "invalid-value" },
        { """ "type":"reference","config":{"ref":"nowhere","key":"k"} """, "\"DE\"", "\"DE\"", null, "unlinked" },
        { """ "type":"reference-list","config":{"ref":"nowhere","key":"k"} """, "[\"DE\"]", "[\"DE\"]", null, "unlinked" },
    };

    [Theory]
    [MemberData(nameof(Casts))]
    public async Task AValueIsCastAndItsTextStaysBesideTheCast(string type, string given, string value, string? raw, string? source)
    {
        await using var store = await Store.WithFieldsAsync("{\"key\":\"f\"," + type + "}");
        await store.InsertAsync("[{\"f\":{\"value\":" + given + "}}]");

        var text = await store.TextAsync();
        var cell = JsonNode.Parse(text)![0]!["values"]!["f"]!;

        Assert.Contains($"\"value\":{value},", text, StringComparison.Ordinal);
        Assert.Equal(raw, (string?)cell["raw"]);
        Assert.Equal(source, (string?)cell["messages"]!.AsArray().FirstOrDefault()?["source"]);
        Assert.Equal(source is null, (bool)cell["valid"]!);
        Assert.Equal(source is null ? 0 : 1, (await store.CountAsync()).Error);
    }

    [Theory]
    [InlineData("02")]
    [InlineData("NA")]
    [InlineData("1.50")]
    [InlineData("1e5")]
    [InlineData("-0")]
    [InlineData("12345678901234567890")]
    [InlineData(" x ")]
    [InlineData(" ")]
    [InlineData("👩‍🚀 مطارات")]
    [InlineData("\u0001\u001f\u007f\u2028\ufeff")]
    [InlineData("a\r\nb\t\"c\"\\d")]
    [InlineData("null")]
    [InlineData("'; DROP TABLE r_1; --")]
    public async Task TextOfAnyFieldComesBackAsItCame(string text)
    {
        await using var store = await Store.WithFieldsAsync(
            """{"key":"s","type":"string"},{"key":"n","type":"number"},{"key":"b","type":"boolean"},{"key":"d","type":"date"},{"key":"e","type":"enum","config":{"options":[]}}""");
        var row = new JsonObject();
        foreach (var key in (string[])["s", "n", "b", "d", "e"])
        {
            row[key] = new JsonObject { ["value"] = text };
        }

        await store.InsertAsync(new JsonArray(row).ToJsonString());

        foreach (var (_, cell) in (await store.RowsAsync())[0]!["values"]!.AsObject())
        {
            Assert.Equal(text, cell!["raw"]?.ToString() ?? (cell["value"] is JsonValue value && value.TryGetValue<string>(out var plain) ? plain : cell["value"]!.ToJsonString()));
        }
    }

    [Fact]
    public async Task WritingTheShownValueBackKeepsTheTextThatCame()
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"n","type":"number"},{"key":"b","type":"boolean"},{"key":"d","type":"date"},{"key":"big","type":"number"}""");
        await store.InsertAsync("""[{"n":{"value":"007"},"b":{"value":"yes"},"d":{"value":"2024/1/5"},"big":{"value":"12345678901234567890"}}]""");
        var before = await store.TextAsync();

        var result = await store.UpdateAsync(
            """[{"id":"us_rc_0001000000000001","values":{"n":{"value":7},"b":{"value":true},"d":{"value":"2024-01-05"},"big":{"value":12345678901234567000}}}]""");

        Assert.Equal(0, result.Changed);
        Assert.Equal(before, await store.TextAsync());
    }

    [Theory]
    [InlineData("{}", "array")]
    [InlineData("[5]", "object")]
    [InlineData("[{\"f\":", "JSON")]
    [InlineData("[] x", "JSON")]
    [InlineData("[{\"f\":{\"value\":\"\\ud800\"}}]", "surrogate")]
    public async Task ABodyThatIsNotUnderstoodIsRefusedWhole(string body, string reason)
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"f","type":"string"}""");

        var refusal = await Assert.ThrowsAsync<RecordBodyException>(() => store.InsertAsync(body));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await store.CountAsync()).Total);
    }

    [Fact]
    public async Task CellsMayComeBareEmptyRepeatedOrUnknown()
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"a","type":"string","constraints":[{"type":"required"}]},{"key":"b","type":"string"}""");

        await store.InsertAsync("""[{"b":"bare","a":{"messages":null,"value":"x","valid":true},"metadata":{"value":{"deep":[1]}},"a":{"value":null}},{"b":{}},{}]""");

        Assert.Equal([null, null, null], await store.ValuesAsync("a"));
        Assert.Equal(["bare", null, null], await store.ValuesAsync("b"));
        Assert.Equal("required-constraint required-constraint required-constraint", await store.SourcesAsync("a"));
    }
}
