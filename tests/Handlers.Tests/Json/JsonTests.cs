using System.Text;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Json;

public sealed class JsonTests
{
    [Fact]
    public async Task AnArrayOfObjectsIsATableWithTheUnionOfAllMembers()
    {
        var file = await TablesRead.FromTextAsync("""[{"id":1,"name":"Ada"},{"id":2,"city":"Köln","name":null},{"zip":"00501","id":3}]""", "people.json");

        Assert.Equal("JSON", file.Format);
        Assert.Equal("people", file.Only.Name);
        Assert.Equal(["id", "name", "city", "zip"], file.Only.Labels);
        Assert.Equal([["1", "Ada", "", ""], ["2", "", "Köln", ""], ["3", "", "", "00501"]], file.Only.Rows);
        Assert.Equal([CellKind.Number, CellKind.Text, CellKind.Empty, CellKind.Empty], file.Only.Kinds[0]);
        Assert.Equal([1, 2, 3], file.Only.Numbers);
    }

    [Fact]
    public async Task NumbersKeepTheirText()
    {
        var file = await TablesRead.FromTextAsync("""[{"n":1.10},{"n":12345678901234567890},{"n":-0},{"n":1E+5},{"n":0.1e-7}]""", "n.json");

        Assert.Equal(["1.10", "12345678901234567890", "-0", "1E+5", "0.1e-7"], file.Only.Rows.Select(r => r[0]));
        Assert.All(file.Only.Kinds, k => Assert.Equal(CellKind.Number, k[0]));
    }

    [Fact]
    public async Task BooleansNullsAndEmptyTextsHaveTheirKind()
    {
        var file = await TablesRead.FromTextAsync("""[{"a":true,"b":null,"c":"","d":"x"},{"a":false}]""", "k.json");

        Assert.Equal([["true", "", "", "x"], ["false", "", "", ""]], file.Only.Rows);
        Assert.Equal([CellKind.Boolean, CellKind.Empty, CellKind.Empty, CellKind.Text], file.Only.Kinds[0]);
    }

    [Fact]
    public async Task NestedObjectsAreFlattenedByPathAndArraysStayJson()
    {
        var file = await TablesRead.FromTextAsync(
            """[{"id":1,"address":{"city":"Oslo","geo":{"lat":59.91}},"tags":["a", "b"],"lines":[ {"sku": "x", "n": 1.50} ]},{"id":2,"address":null,"tags":[]}]""", "o.json");

        Assert.Equal(["id", "address.city", "address.geo.lat", "tags", "lines"], file.Only.Labels);
        Assert.Equal([["1", "Oslo", "59.91", """["a","b"]""", """[{"sku":"x","n":1.50}]"""], ["2", "", "", "[]", ""]], file.Only.Rows);
    }

    [Fact]
    public async Task ThePathSeparatorCanBeChosen()
    {
        var file = await TablesRead.FromTextAsync("""[{"a":{"b":1}}]""", "o.json", new ReadOptions { PathSeparator = " > " });

        Assert.Equal(["a > b"], file.Only.Labels);
    }

    [Fact]
    public async Task ADottedNameAndAPathOfTheSameTextAreTwoColumns()
    {
        var file = await TablesRead.FromTextAsync("""[{"a.b":1,"a":{"b":2}}]""", "o.json");

        Assert.Equal(["a.b", "a.b"], file.Only.Labels);
        Assert.Equal(["1", "2"], file.Only.Rows[0]);
    }

    [Fact]
    public async Task AMemberThatIsAnObjectHereAndAValueThereLosesNeither()
    {
        var file = await TablesRead.FromTextAsync("""[{"a":1},{"a":{"b":2}},{"a":[3]}]""", "o.json");

        Assert.Equal(["a", "a.b"], file.Only.Labels);
        Assert.Equal([["1", ""], ["", "2"], ["[3]", ""]], file.Only.Rows);
    }

    [Fact]
    public async Task EachArrayOfAnObjectIsATable()
    {
        var file = await TablesRead.FromTextAsync(
            """{"generated":"2026-01-31","customers":[{"id":1},{"id":2}],"empty":[],"orders":[{"no":"A"}],"total":3}""", "export.json");

        Assert.Equal(["customers", "orders"], file.Tables.Select(t => t.Name));
        Assert.Equal([["1"], ["2"]], file["customers"].Rows);
        Assert.Equal([["A"]], file["orders"].Rows);
        Assert.Contains("generated, total, empty", file.Decided("leftOut"));
    }

    [Fact]
    public async Task RecordsDeepInsideAreFound()
    {
        var file = await TablesRead.FromTextAsync("""{"meta":{"page":1},"data":{"result":{"items":[{"id":7}]}}}""", "api.json");

        Assert.Equal("data.result.items", file.Only.Name);
        Assert.Equal([["7"]], file.Only.Rows);
        Assert.Contains("meta.page", file.Decided("leftOut"));
    }

    [Theory]
    [InlineData("data.items", "[1][2]")]
    [InlineData("$.data.items[*]", "[1][2]")]
    [InlineData("/data/items", "[1][2]")]
    [InlineData("data.items.lines", "[x][y][z]")]
    [InlineData("*.items", "[1][2]")]
    public async Task ThePathOfTheRecordsCanBeGiven(string path, string rows)
    {
        var text = """{"other":[{"q":9}],"data":{"items":[{"id":1,"lines":[{"s":"x"},{"s":"y"}]},{"id":2,"lines":[{"s":"z"}]}]}}""";

        var file = await TablesRead.FromTextAsync(text, "api.json", new ReadOptions { RecordPath = path });

        Assert.Equal(rows, string.Concat(file.Only.Rows.Select(r => $"[{r[0]}]")));
    }

    [Fact]
    public async Task APathThatLeadsNowhereSaysSo()
    {
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() =>
            TablesRead.FromTextAsync("""{"data":[{"id":1}]}""", "api.json", new ReadOptions { RecordPath = "items" }));

        Assert.Equal("The reading option 'recordPath' is 'items', where this file has no records. Give names from the outside in, such as 'data.items', or leave the option out.", fault.Message);
    }

    [Fact]
    public async Task OneObjectIsOneRow()
    {
        var file = await TablesRead.FromTextAsync("""{"name":"Ada","tags":["x"],"address":{"city":"Oslo"}}""", "one.json");

        Assert.Equal(["name", "tags", "address.city"], file.Only.Labels);
        Assert.Equal([["Ada", """["x"]""", "Oslo"]], file.Only.Rows);
    }

    [Fact]
    public async Task ObjectsUnderNamesOfTheirOwnAreRecordsWithTheirName()
    {
        var file = await TablesRead.FromTextAsync("""{"u1":{"name":"Ada","at":{"city":"Oslo"}},"u2":{"name":"Bob"},"u3":{"name":"Cy","at":{"city":"Rom"}}}""", "users.json");

        Assert.Equal(["key", "name", "at.city"], file.Only.Labels);
        Assert.Equal([["u1", "Ada", "Oslo"], ["u2", "Bob", ""], ["u3", "Cy", "Rom"]], file.Only.Rows);
        Assert.StartsWith("*: The file is an object whose members are objects that are alike", file.Decided("recordPath"));
    }

    [Fact]
    public async Task PartsOfOneRecordAreNoRecords()
    {
        var file = await TablesRead.FromTextAsync("""{"billing":{"city":"a","zip":"1"},"contact":{"mail":"x","phone":"2"},"terms":{"days":30}}""", "one.json");

        Assert.Equal(["billing.city", "billing.zip", "contact.mail", "contact.phone", "terms.days"], file.Only.Labels);
        Assert.Single(file.Only.Rows);
    }

    [Fact]
    public async Task APathThatEndsInAnyNameKeepsTheName()
    {
        var file = await TablesRead.FromTextAsync("""{"years":{"2024":[{"n":1},{"n":2}],"2025":[{"n":3}]}}""", "y.json", new ReadOptions { RecordPath = "years.*" });

        Assert.Equal([["2024", "1"], ["2024", "2"], ["2025", "3"]], file.Only.Rows);
    }

    [Fact]
    public async Task ArraysOfArraysHaveTheirHeaderFound()
    {
        var file = await TablesRead.FromTextAsync("""[["id","name"],[1,"Ada"],[2,"Bob",true],[3,"Cy"]]""", "rows.json");

        Assert.Equal(["id", "name", "Column 3"], file.Only.Labels);
        Assert.Equal([["1", "Ada", ""], ["2", "Bob", "true"], ["3", "Cy", ""]], file.Only.Rows);
        Assert.Equal([2, 3, 4], file.Only.Numbers);
        Assert.StartsWith("1:", file.Decided("headerRow"));
    }

    [Fact]
    public async Task ArraysOfArraysWithoutHeaderAreNumbered()
    {
        var file = await TablesRead.FromTextAsync("""[[1,10.5],[2,20.5],[3,30.5]]""", "rows.json");

        Assert.Equal(["Column 1", "Column 2"], file.Only.Labels);
        Assert.Equal(3, file.Only.Rows.Count);
    }

    [Fact]
    public async Task TheHeaderRowCanBeGiven()
    {
        var file = await TablesRead.FromTextAsync("""[["x","y"],["a","b"],["c","d"]]""", "rows.json", new ReadOptions { HeaderRow = 0 });

        Assert.Equal(["Column 1", "Column 2"], file.Only.Labels);
        Assert.Equal(3, file.Only.Rows.Count);
    }

    [Theory]
    [InlineData("data.jsonl")]
    [InlineData("data.ndjson")]
    [InlineData("data.json")]
    [InlineData("data.txt")]
    public async Task LinesAreRecords(string name)
    {
        var file = await TablesRead.FromTextAsync("{\"a\":1}\n\n{\"a\":2,\"b\":\"x\"}\r\n{\"a\":3}\n", name);

        Assert.Equal([["1", ""], ["2", "x"], ["3", ""]], file.Only.Rows);
        Assert.Equal([1, 3, 4], file.Only.Numbers);
    }

    [Fact]
    public async Task ABrokenLineIsRefusedAloneAndTheRestIsRead()
    {
        var file = await TablesRead.FromTextAsync("{\"a\":1}\n{\"a\":tru}\n{\"a\":3}\n{\"a\":4\n[5]\n{\"a\":6}\n", "data.jsonl");

        Assert.Equal([["1"], ["3"], ["6"]], file.Only.Rows);
        Assert.Equal(3, file.Only.Refused.Count);
        Assert.StartsWith("line 2 is not valid JSON: column ", file.Only.Refused[0]);
        Assert.StartsWith("line 4 is not valid JSON: column ", file.Only.Refused[1]);
        Assert.Equal("line 5 is an array, the records of this table are objects", file.Only.Refused[2]);
        Assert.Equal("{\"a\":tru}", file.Only.Originals[1]);
    }

    [Fact]
    public async Task ValuesOneBehindTheOtherAreRecords()
    {
        var file = await TablesRead.FromTextAsync("{\n \"a\": 1\n}{\n \"a\": 2\n}\n\u001E{\"a\":3}", "cat.json");

        Assert.Equal([["1"], ["2"], ["3"]], file.Only.Rows);
    }

    [Fact]
    public async Task TheLastOfTwoMembersCountsAndTheCellSaysSo()
    {
        var file = await TablesRead.FromTextAsync("""[{"a":1,"b":2,"a":3}]""", "dup.json");

        Assert.Equal([["3", "2"]], file.Only.Rows);
        Assert.Equal("1/a: This member stands twice in its record. The last value was taken, an earlier one was: 1", Assert.Single(file.Only.Remarks));
    }

    [Fact]
    public async Task WhatIsNoObjectAmongObjectsIsRefused()
    {
        var file = await TablesRead.FromTextAsync("[{\"a\":1},\n5,\nnull,{},[1],{\"a\":2}]", "mixed.json");

        Assert.Equal([["1"], ["2"]], file.Only.Rows);
        Assert.Equal(["record 2 (line 2) is a single value, the records of this table are objects", "record 5 (line 3) is an array, the records of this table are objects"], file.Only.Refused);
        Assert.Equal([1, 6], file.Only.Numbers);
    }

    [Fact]
    public async Task ABreakInTheMiddleKeepsTheRowsBeforeAndNamesThePlace()
    {
        var file = await TablesRead.FromTextAsync("[{\"a\":1},\n{\"a\":2},\n  {\"a\":x}]", "broken.json");

        Assert.Equal([["1"], ["2"]], file.Only.Rows);
        Assert.StartsWith("This file is not valid JSON in line 3, column 8: ", file.Fault);
        Assert.EndsWith("Correct it there, or export the file again, and upload it.", file.Fault);
    }

    [Fact]
    public async Task AMissingEndKeepsTheRowsBefore()
    {
        var file = await TablesRead.FromTextAsync("[{\"a\":1},\n{\"a\":2}", "cut.json");

        Assert.Equal([["1"], ["2"]], file.Only.Rows);
        Assert.Equal("This file is not valid JSON in line 2, column 8: the file ends before its brackets are closed. Correct it there, or export the file again, and upload it.", file.Fault);
    }

    [Fact]
    public async Task CommentsAndLastCommasArePassedOverAndTold()
    {
        var file = await TablesRead.FromTextAsync("// head\n[{\"a\":1, /* in */ \"b\":2,},\n{\"a\":3}, // end\n]", "c.json");

        Assert.Equal([["1", "2"], ["3", ""]], file.Only.Rows);
        Assert.StartsWith("passed over: The file has comments", file.Decided("comments"));
    }

    [Theory]
    [InlineData("utf-16", true, "UTF-16LE")]
    [InlineData("utf-16", false, "UTF-16LE")]
    [InlineData("utf-16BE", true, "UTF-16BE")]
    [InlineData("utf-16BE", false, "UTF-16BE")]
    [InlineData("utf-32", true, "UTF-32LE")]
    [InlineData("utf-8", true, "UTF-8")]
    [InlineData("utf-8", false, "UTF-8")]
    public async Task EveryUnicodeEncodingIsRead(string encoding, bool mark, string told)
    {
        var text = """[{"name":"Zoë 日本 😀"},{"name":"b"}]""";
        var with = Encoding.GetEncoding(encoding);

        var file = await TablesRead.FromBytesAsync([.. mark ? with.GetPreamble() : [], .. with.GetBytes(text)], "u.json");

        Assert.Equal([["Zoë 日本 😀"], ["b"]], file.Only.Rows);
        Assert.StartsWith(told + ":", file.Decided("encoding"));
    }

    [Fact]
    public async Task JsonThatIsNotUtf8IsReadAsWindows1252AndTold()
    {
        var file = await TablesRead.FromBytesAsync(Encoding.Latin1.GetBytes("""[{"name":"Köln"},{"name":"Zürich"}]"""), "w.json");

        Assert.Equal([["Köln"], ["Zürich"]], file.Only.Rows);
        Assert.StartsWith("Windows-1252: 2 bytes are not UTF-8", file.Decided("encoding"));
    }

    [Fact]
    public async Task AFewBrokenBytesRefuseTheirRecordAlone()
    {
        var text = Encoding.UTF8.GetBytes("""[{"n":"äöüäöüäöü"},{"n":"?"},{"n":"b"}]""");
        text[Array.IndexOf(text, (byte)'?')] = 0xFF;

        var file = await TablesRead.FromBytesAsync(text, "w.json");

        Assert.Equal([["äöüäöüäöü"], ["b"]], file.Only.Rows);
        Assert.Equal(["record 2 (line 1) holds bytes that are not UTF-8; save the file as UTF-8"], file.Only.Refused);
    }

    [Theory]
    [InlineData("""{"n":"\ud83d"}""", "record 2 (line 1) holds half of a surrogate pair")]
    [InlineData("""{"\ud83d":1}""", "record 2 (line 1) holds half of a surrogate pair")]
    [InlineData("""{"n":"a\u0000b"}""", "record 2 (line 1) holds a NUL character")]
    public async Task WhatIsNoTextRefusesItsRecord(string record, string reason)
    {
        var file = await TablesRead.FromTextAsync($$"""[{"n":"a"},{{record}},{"n":"c"}]""", "s.json");

        Assert.Equal([["a"], ["c"]], file.Only.Rows);
        Assert.StartsWith(reason, Assert.Single(file.Only.Refused));
    }

    [Theory]
    [InlineData("", "This file is empty")]
    [InlineData("  \n ", "This file is empty")]
    [InlineData("[]", "This file is JSON but holds no records.")]
    [InlineData("{\"a\":", "This file is not valid JSON in line 1, column ")]
    [InlineData("{\"a\" 1}", "This file is not valid JSON in line 1, column 6: a ':' is missing")]
    [InlineData("{\"a\":1 \"b\":2}", "This file is not valid JSON in line 1, column 8: a ',' or '}' is missing")]
    [InlineData("{'a':1}", "This file is not valid JSON in line 1, column 2: the name of a member is missing")]
    public async Task AFileWithoutRecordsSaysWhatIsWrong(string text, string message)
    {
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => TablesRead.FromTextAsync(text, "bad.json"));

        Assert.StartsWith(message, fault.Message);
    }

    [Fact]
    public async Task OnlyWantedTablesAreRead()
    {
        var file = await TablesRead.FromTextAsync("""{"a":[{"x":1}],"b":[{"y":2}],"c":[{"z":3}]}""", "t.json", new ReadOptions { Tables = ["b", "c"] });

        Assert.Equal([("b", "2"), ("c", "3")], file.Tables.Select(t => (t.Name, t.Rows[0][0])));
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => TablesRead.FromTextAsync("""{"a":[{"x":1}]}""", "t.json", new ReadOptions { Tables = ["d"] }));
        Assert.Equal("The reading option 'tables' names 'd', which is not in this file. Its tables: a.", fault.Message);
    }

    [Fact]
    public async Task ContentDecidesNotTheName()
    {
        Assert.Equal("JSON", (await TablesRead.FromTextAsync("""[{"a":1}]""", "data.csv")).Format);
        Assert.Equal("delimited text", (await TablesRead.FromTextAsync("[id],[name]\n1,a\n2,b\n", "data.csv")).Format);
        Assert.Equal("delimited text", (await TablesRead.FromTextAsync("{id},{name}\n1,a\n2,b\n", "data.csv")).Format);
    }
}
