using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Records;

namespace Flatfile.Spaces.Tests.Records;

/// <summary>Random queries on random rows, beside an evaluator that shares nothing with the store but the words of the language.</summary>
public class FfqlDifferentialTests
{
    private const string Fields =
        """
        {"key":"t","type":"string","constraints":[{"type":"required"}]},{"key":"n","type":"number"},{"key":"d","type":"date"},
        {"key":"b","type":"boolean"},{"key":"l","type":"string-list"}
        """;

    private static readonly string[] Names = ["t", "n", "d", "b", "l"];
    private static readonly string[] Texts = ["", "a", "A", "ab", "b%", "a_b", "*", "[a]", "ä", "Ä", "or", "eq", "(", "'", "\"", "\\", "a\\b", "7", "true", "2024-01-02", " "];
    private static readonly string[] Numbers = ["", "7", "007", "7.0", "-1", "0", "2.5", "1e2", "12345678901234567890", "12345678901234567891", "x7", "9007199254740993"];
    private static readonly string[] Dates = ["", "2024-01-02", "2 Jan 2024", "2024/1/3", "20231231", "no date", "2024-13-01"];
    private static readonly string[] Truths = ["", "true", "Yes", "0", "off", "perhaps"];
    private static readonly string[] Patterns = ["%", "_", "a%", "%b", "%a%", "A_b", "%Ä%", "a\\%", "__", "%7%", "[a]", "*", "%\\%"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task AQueryMeansInTheStoreWhatItMeansInWords(int seed)
    {
        var random = new Random(seed);
        await using var store = await Store.WithFieldsAsync(Fields);
        var rows = Enumerable.Range(0, 60).Select(_ => Row(random)).ToList();
        await store.InsertAsync(new JsonArray([.. rows.Select(Body)]).ToJsonString());

        for (var i = 0; i < 150; i++)
        {
            var text = new StringBuilder();
            var means = Node(random, 3, text);
            var expected = Enumerable.Range(0, rows.Count).Where(row => means(rows[row])).Select(row => RecordId.Of(1, row + 1));

            var found = await store.RowsAsync(new RowQuery { Q = text.ToString(), Fields = ["-"] });

            Assert.True(expected.SequenceEqual(found.Select(row => (string)row!["id"]!)), $"seed {seed}: {text}\nexpected {string.Join(' ', expected)}\nfound    {string.Join(' ', found.Select(row => row!["id"]))}");
        }
    }

    [Fact]
    public async Task AnyTextIsAQueryOrAMistakeThatIsNamed()
    {
        var random = new Random(7);
        string[] pieces = ["t", "n", "d", "b", "l", "x", "eq", "ne", "lt", "like", "ilike", "contains", "is", "error", "valid", "and", "or", "(", ")", "\"", "'", "\\", "%", "_", "7", "2024-01-02", "''", "\0", "\ud800", "ä", ";", "--", "?1", "[", "]"];
        await using var store = await Store.WithFieldsAsync(Fields);
        await store.InsertAsync(new JsonArray([.. Enumerable.Range(0, 5).Select(_ => Body(Row(random)))]).ToJsonString());
        var (queries, mistakes) = (0, 0);
        await store.ReadAsync((connection, schema) =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var text = string.Concat(Enumerable.Range(0, 1 + random.Next(12)).Select(_ => Pick(random, pieces) + (random.Next(5) == 0 ? "" : " ")));
                try
                {
                    RecordReader.Count(connection, schema, new RowQuery { Q = text });
                    queries++;
                }
                catch (RecordBodyException fault)
                {
                    Assert.StartsWith("q: at character ", fault.Message, StringComparison.Ordinal);
                    mistakes++;
                }
            }

            return true;
        });

        Assert.True(queries > 100 && mistakes > 1_000, $"{queries} queries, {mistakes} mistakes");
    }

    private static T Pick<T>(Random random, T[] of) => of[random.Next(of.Length)];

    private static Dictionary<string, string[]> Row(Random random) => new()
    {
        ["t"] = Scalar(Pick(random, Texts)),
        ["n"] = Scalar(Pick(random, Numbers)),
        ["d"] = Scalar(Pick(random, Dates)),
        ["b"] = Scalar(Pick(random, Truths)),
        ["l"] = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Pick(random, Texts)).Where(text => text.Length > 0)],
    };

    private static string[] Scalar(string text) => text.Length == 0 ? [] : [text];

    private static JsonNode Body(Dictionary<string, string[]> row) => new JsonObject(row.Select(cell => KeyValuePair.Create<string, JsonNode?>(
        cell.Key,
        new JsonObject { ["value"] = cell.Key == "l" ? new JsonArray([.. cell.Value.Select(text => (JsonNode)text)]) : cell.Value.FirstOrDefault() })));

    private static Func<Dictionary<string, string[]>, bool> Node(Random random, int depth, StringBuilder text)
    {
        switch (depth == 0 ? 9 : random.Next(10))
        {
            case < 2:
                var (left, right) = (Operand(random, depth - 1, text, " and "), Operand(random, depth - 1, text));
                return row => left(row) && right(row);
            case < 4:
                var (one, other) = (Operand(random, depth - 1, text, " or "), Operand(random, depth - 1, text));
                return row => one(row) || other(row);
            case 4:
                return Status(random, text);
            default:
                return Comparison(random, text);
        }
    }

    private static Func<Dictionary<string, string[]>, bool> Operand(Random random, int depth, StringBuilder text, string after = "")
    {
        text.Append('(');
        var means = Node(random, depth, text);
        text.Append(')').Append(after);
        return means;
    }

    private static Func<Dictionary<string, string[]>, bool> Status(Random random, StringBuilder text)
    {
        var field = random.Next(3) == 0 ? null : Pick(random, Names);
        var isError = random.Next(2) == 0;
        text.Append(field).Append(isError ? " is error" : " IS valid");
        return row => (field is null ? Names.Any(name => IsWrong(name, row[name])) : IsWrong(field, row[field])) == isError;
    }

    private static bool IsWrong(string field, string[] cell) => cell.Length == 0
        ? field == "t"
        : field switch { "n" => Number(cell[0]) is null, "d" => Date(cell[0]) is null, "b" => Truth(cell[0]) is null, _ => false };

    private static Func<Dictionary<string, string[]>, bool> Comparison(Random random, StringBuilder text)
    {
        var operation = Pick(random, ["eq", "ne", "lt", "gt", "lte", "gte", "like", "ilike", "contains"]);
        var field = random.Next(4) == 0 ? null : Pick(random, Names);
        var isOrder = operation is "lt" or "gt" or "lte" or "gte";
        string value;
        do
        {
            value = operation is "like" or "ilike" ? Pick(random, Patterns)
                : Pick(random, (field ?? Pick(random, Names)) switch { "n" => Numbers, "d" => Dates, "b" => Truths, _ => Texts });
        }
        while ((isOrder || operation == "contains") && value.Length == 0);
        if (isOrder && (field == "b" || (field == "n" && Number(value) is null) || (field == "d" && Date(value) is null)))
        {
            field = "t";
        }

        text.Append(field).Append(' ').Append(operation).Append(' ').Append(Quoted(random, value));
        if (field is not null)
        {
            return row => Is(field, operation, row[field], value);
        }

        // Without a field: not equal means that no cell is equal, and order is looked at in fields of the value's own kind.
        var isTyped = Number(value) is not null || Date(value) is not null;
        return operation == "ne"
            ? row => !Names.Any(name => Is(name, "eq", row[name], value))
            : row => Names.Any(name => !(isOrder && (isTyped ? name is not ("n" or "d") : name is "n" or "d")) && !(isOrder && name == "b")
                && !(isOrder && name == "n" && Number(value) is null) && !(isOrder && name == "d" && Date(value) is null)
                && Is(name, operation, row[name], value));
    }

    private static string Quoted(Random random, string value)
    {
        if (value.Length > 0 && value.All(char.IsAsciiLetterOrDigit) && value is not ("or" or "and") && random.Next(2) == 0)
        {
            return value;
        }

        var quote = random.Next(2) == 0 ? "\"" : "'";
        return quote + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(quote, "\\" + quote, StringComparison.Ordinal) + quote;
    }

    private static bool Is(string field, string operation, string[] cell, string value)
    {
        if (operation == "ne")
        {
            return !Is(field, "eq", cell, value);
        }

        if (value.Length == 0 || cell.Length == 0)
        {
            return value.Length == 0 && cell.Length == 0;
        }

        var text = string.Join(", ", cell);
        switch (operation)
        {
            case "like" or "ilike":
                return Matches(operation == "ilike" ? text.ToUpperInvariant() : text, 0, operation == "ilike" ? value.ToUpperInvariant() : value, 0);
            case "contains":
                return field == "l" ? cell.Contains(value) : text.Contains(value, StringComparison.Ordinal);
            case "eq" when field == "n" && Number(value) is { } wanted:
                return Number(text) == wanted;
            case "eq" when field == "d" && Date(value) is { } wanted:
                return Date(text) == wanted;
            case "eq" when field == "b" && Truth(value) is { } wanted:
                return Truth(text) == wanted;
            case "eq":
                return text == value;
        }

        var order = field switch
        {
            "n" => Number(text) is { } number ? ((double)number).CompareTo((double)Number(value)!.Value) : (int?)null,
            "d" => Date(text) is { } date ? date.CompareTo(Date(value)!.Value) : null,
            _ => Encoding.UTF8.GetBytes(text).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(value)),
        };
        return order is { } sign && operation switch { "lt" => sign < 0, "lte" => sign <= 0, "gt" => sign > 0, _ => sign >= 0 };
    }

    /// <summary>The plain recursive meaning of a pattern.</summary>
    private static bool Matches(string text, int at, string pattern, int part)
    {
        if (part == pattern.Length)
        {
            return at == text.Length;
        }

        if (pattern[part] == '%')
        {
            return Enumerable.Range(at, text.Length - at + 1).Any(next => Matches(text, next, pattern, part + 1));
        }

        if (pattern[part] == '\\' && part + 1 < pattern.Length && pattern[part + 1] is '%' or '_')
        {
            return at < text.Length && text[at] == pattern[part + 1] && Matches(text, at + 1, pattern, part + 2);
        }

        return at < text.Length && (pattern[part] == '_' || pattern[part] == text[at]) && Matches(text, at + 1, pattern, part + 1);
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, ["yyyy-M-d", "yyyy/M/d", "yyyyMMdd", "d MMM yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static bool? Truth(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "1" => true,
        "FALSE" or "0" or "OFF" => false,
        _ => null,
    };
}
