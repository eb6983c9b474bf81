using System.Text.Json;
using Flatfile.Agent.Handlers.Rules.Expressions;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Rules;

public sealed class ExpressionTests
{
    private static readonly RuleFields Fields = new(
    [
        new() { Key = "age", Type = PropertyType.Number },
        new() { Key = "price", Type = PropertyType.Number },
        new() { Key = "name", Type = PropertyType.String },
        new() { Key = "e-mail", Type = PropertyType.String },
        new() { Key = "from", Type = PropertyType.Date },
        new() { Key = "to", Type = PropertyType.Date },
        new() { Key = "active", Type = PropertyType.Boolean },
        new() { Key = "tags", Type = PropertyType.StringList },
        new() { Key = "none", Type = PropertyType.String },
        new() { Key = "noNumber", Type = PropertyType.Number },
    ]);

    private static readonly FlatfileRecord Row = FlatfileRecord.FromJson(JsonDocument.Parse(
        """
        {"id":"1","values":{"age":{"value":30},"price":{"value":0.3},"name":{"value":"Ann O'Hara"},"e-mail":{"value":"ann@example.org"},
        "from":{"value":"2024-02-28"},"to":{"value":"2024-03-01"},"active":{"value":true},"tags":{"value":["a","b"]},"none":{"value":null},"noNumber":{"value":"abc"}}}
        """).RootElement);

    [Theory]
    [InlineData("age >= 18 and age < 65", true)]
    [InlineData("age > 30 or price < 1", true)]
    [InlineData("not age = 30", false)]
    [InlineData("not not age = 30", true)]
    [InlineData("age == 30 AND NOT (age <> 30)", true)]
    [InlineData("0.1 + 0.2 = price", true)]
    [InlineData("2 + 3 * 4 = 14 and (2 + 3) * 4 = 20 and 7 % 4 = 3 and 1 / 4 = 0.25 and --2 = 2", true)]
    [InlineData("-age < 0", true)]
    [InlineData("name = 'Ann O''Hara'", true)]
    [InlineData("name = \"ann o'hara\"", false)]
    [InlineData("lower(name) = \"ann o'hara\" and upper('a') + 'b' = 'Ab'", true)]
    [InlineData("[e-mail] != 'x' and contains([e-mail], '@')", true)]
    [InlineData("matches([e-mail], '^[^@ ]+@[^@ ]+$') and startsWith(name, 'Ann') and endsWith(name, 'Hara')", true)]
    [InlineData("from <= to and daysBetween(from, to) = 2 and year(to) = 2024 and month(to) = 3 and day(to) = 1 and weekday(to) = 5", true)]
    [InlineData("to > today()", false)]
    [InlineData("active", true)]
    [InlineData("active = false", false)]
    [InlineData("has(tags, 'a') and not has(tags, 'c') and count(tags) = 2", true)]
    [InlineData("age in (10, 30) and not name in ('Bob')", true)]
    [InlineData("isEmpty(none) and isEmpty(' ') and not isEmpty(age)", true)]
    [InlineData("length(trim('  ab ')) = 2 and number('1.5') = 1.5 and text(1.50) = '1.50'", true)]
    [InlineData("round(2.5) = 3 and abs(-1) = 1 and min(1, 2) = 1 and max(1, 2) = 2", true)]
    [InlineData("coalesce(none, 'x') = 'x' and if(age > 18, 'adult', 'child') = 'adult'", true)]
    [InlineData("none = 'x'", null)]
    [InlineData("none != 'x'", null)]
    [InlineData("noNumber > 1", null)]
    [InlineData("none = 'x' and age = 1", false)]
    [InlineData("none = 'x' or age = 30", true)]
    [InlineData("age / 0 > 1", null)]
    [InlineData("79228162514264337593543950335 * 2 > 1", null)]
    [InlineData("number('x') = 1", null)]
    public void ARuleIsTrueFalseOrNeither(string rule, bool? expected) =>
        Assert.Equal(expected, (bool?)ExpressionParser.Parse(rule, Fields).Value(new RuleRow(Row, "2026-01-01")));

    [Theory]
    [InlineData("", "At character 1: a value is missing before the end.")]
    [InlineData("age >", "At character 6: a value is missing before the end.")]
    [InlineData("age", "At character 1: this is a number, but the rule must be true or false, such as a comparison.")]
    [InlineData("age > 'x'", "At character 5: a number and a text cannot be compared. number(…) and text(…) change one into the other.")]
    [InlineData("tags = 'a'", "At character 6: a list and a text cannot be compared. number(…) and text(…) change one into the other.")]
    [InlineData("age > 1 age < 2", "At character 9: 'age' is too much here. Join conditions with 'and' or 'or'.")]
    [InlineData("(age > 1", "At character 9: the parenthesis is not closed: ')' is missing before the end.")]
    [InlineData("name = null", "At character 8: nothing equals null. Ask with isEmpty(…).")]
    [InlineData("name = 'x", "At character 8: ' is opened and never closed. Close it with '.")]
    [InlineData("age > 1; drop", "At character 8: ';' has no meaning in a rule. Texts stand in quotes, keys of fields with odd characters in brackets.")]
    [InlineData("age > 1.2.3", "At character 7: '1.2.3' is no number. Write it with a point and without grouping, such as 1234.5.")]
    [InlineData("lower(age) = 'x'", "At character 1: lower takes a text; it got a number.")]
    [InlineData("age and active", "At character 1: this is a number, but 'and' stands between what is true or false.")]
    [InlineData("matches(name, name)", "At character 15: the pattern of matches stands in quotes.")]
    [InlineData("age in 1", "At character 8: after 'in' the values stand in parentheses: '(' is missing before '1'.")]
    public void ARuleThatCannotBeReadSaysWhereAndWhy(string rule, string message) =>
        Assert.Equal(message, Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(rule, Fields)).Message);

    [Theory]
    [InlineData("nme = 'x'", "there is no field 'nme'. Fields: age, price,")]
    [InlineData("eval('1') = 1", "there is no function 'eval'. Functions: abs,")]
    [InlineData("matches(name, '(a)\\1')", "the pattern cannot be used:")]
    public void WhatIsUnknownIsNamedBesideWhatIsKnown(string rule, string part) =>
        Assert.Contains(part, Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(rule, Fields)).Message, StringComparison.Ordinal);

    [Fact]
    public void RulesThatStandDeepOrAreLongAreRefusedAndHarmNothing()
    {
        Assert.Contains("deeper than 100", Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(new string('(', 5_000), Fields)).Message, StringComparison.Ordinal);
        Assert.Contains("at most 10,000", Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(new string('1', 10_001), Fields)).Message, StringComparison.Ordinal);
    }

    /// <summary>Made-up words in any order are read or refused in words; nothing else may come of them.</summary>
    [Fact]
    public void AnyRowOfWordsIsReadOrRefused()
    {
        string[] words = ["age", "name", "tags", "(", ")", ",", "and", "or", "not", "in", "=", "<", "+", "-", "*", "'t'", "1", "lower", "isEmpty", "if", "[e-mail]", "matches", "today", "true"];
        var (random, read) = (new Random(7), 0);
        for (var i = 0; i < 50_000; i++)
        {
            var rule = string.Join(' ', Enumerable.Range(0, random.Next(1, 9)).Select(_ => words[random.Next(words.Length)]));
            try
            {
                ExpressionParser.Parse(rule, Fields).Value(new RuleRow(Row, "2026-01-01"));
                read++;
            }
            catch (ExpressionException)
            {
                // Refused in words.
            }
        }

        Assert.InRange(read, 100, 49_000);
    }
}
