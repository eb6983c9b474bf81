using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Typing;

/// <summary>Finds out what all columns of a table are. What one column leaves open, another of the same table may prove.</summary>
/// <param name="names">The columns' names, in their order.</param>
/// <param name="options">What a person knows better of the table; null for nothing.</param>
/// <param name="byColumn">What is known better of single columns, by their index; it goes before <paramref name="options"/>.</param>
public sealed class FileTyping(IReadOnlyList<string> names, TypingOptions? options = null, IReadOnlyDictionary<int, TypingOptions>? byColumn = null)
{
    private readonly ColumnTyping[] _columns = [.. names.Select((name, i) => new ColumnTyping(name, byColumn?.GetValueOrDefault(i) ?? options))];

    /// <summary>Takes one cell of a column.</summary>
    public void Add(int column, ReadOnlySpan<char> cell, CellKind kind = CellKind.Text) => _columns[column].Add(cell, kind);

    /// <summary>What is known so far, column by column.</summary>
    public IReadOnlyList<TypedColumn> Conclude() => Settle([.. _columns.Select(c => c.Conclude())]);

    /// <summary>Lets columns of one table that prove how they are written speak for those that leave it open.</summary>
    public static IReadOnlyList<TypedColumn> Settle(IReadOnlyList<TypedColumn> columns)
    {
        var orders = columns.Where(c => c.DecisiveOrder is DateOrder.DayMonthYear or DateOrder.MonthDayYear).ToList();
        var marks = columns.Where(c => c.DecisiveMark is not null).ToList();
        return [.. columns.Select(column => column.Question?.Option switch
        {
            "dateOrder" => Settle(column, orders, c => DateDecision.CodeOf(c.DecisiveOrder!.Value)),
            "decimalMark" => Settle(column, marks, c => c.DecisiveMark!.Value.ToString()),
            _ => column,
        })];
    }

    /// <summary>Where all columns that prove something prove the same, and the open one has no value that speaks against it, it follows them.</summary>
    private static TypedColumn Settle(TypedColumn open, List<TypedColumn> proving, Func<TypedColumn, string> proof)
    {
        var answers = proving.Select(proof).Distinct().ToList();
        if (answers.Count != 1 || open.Question!.IsContradiction || open.Question.Answers.FirstOrDefault(a => a.Value == answers[0]) is not { } answer || answer.Meaning.EndsWith("not read", StringComparison.Ordinal))
        {
            return open;
        }

        var names = string.Join(", ", proving.Take(3).Select(p => $"'{p.Name}'"));
        var type = open.Type == ColumnType.Decimal ? answer.Reading.Type : open.Type;
        return open with
        {
            Type = type,
            Question = null,
            Reading = answer.Reading,
            Confidence = 0.85,
            Evidence = [.. open.Evidence, $"other columns of the file prove it: {names} ({answer.Value})"],
        };
    }
}
