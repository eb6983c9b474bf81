using Flatfile.Agent.Handlers.Typing;

namespace Flatfile.Agent.Handlers.Validation;

/// <summary>A day that can be read in one way only.</summary>
public sealed class DateCheck : ValueCheck
{
    /// <inheritdoc />
    public override string Name => "date";

    /// <inheritdoc />
    public override CheckResult Check(string value)
    {
        var typing = new ColumnTyping(Name);
        typing.Add(value);
        var column = typing.ConcludeAs(ColumnType.Date);
        if (column.Question is { Option: "dateOrder" } question)
        {
            return new CheckResult($"'{value}' can be read in more than one way: {string.Join(", ", question.Answers.Select(a => a.Meaning))}. Write it with the year first.");
        }

        // Of a single number nobody can say that it is a day.
        return column.Reading is DateReading reading && reading.Read(value) is { } day
            ? Right(value, day)
            : new CheckResult($"'{value}' is no date. Write one such as 2026-01-31.");
    }
}
