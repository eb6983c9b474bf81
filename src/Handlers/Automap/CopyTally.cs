namespace Flatfile.Agent.Handlers.Automap;

/// <summary>What is counted while rows are copied: values that stay behind and values that were taken for options.</summary>
internal sealed record CopyTally
{
    /// <summary>Different values told of a column; the rest is counted together.</summary>
    private const int MostValues = 100;

    /// <summary>By the key of a column that is not mapped: rows with a value, and the first of them.</summary>
    public Dictionary<string, LeftBehind> Left { get; init; } = new(StringComparer.Ordinal);

    /// <summary>By the key of a column that goes to an enum field: its values that are no value of an option.</summary>
    public Dictionary<string, Dictionary<string, TakenValue>> Taken { get; init; } = new(StringComparer.Ordinal);

    public void Leave(string column, long row)
    {
        var before = Left.GetValueOrDefault(column);
        Left[column] = before is null ? new LeftBehind(1, row) : before with { Rows = before.Rows + 1 };
    }

    public void Take(string column, string value, EnumHit? hit)
    {
        if (!Taken.TryGetValue(column, out var values))
        {
            Taken[column] = values = new Dictionary<string, TakenValue>(StringComparer.Ordinal);
        }

        if (values.TryGetValue(value, out var before))
        {
            values[value] = before with { Rows = before.Rows + 1 };
        }
        else if (values.Count < MostValues)
        {
            values[value] = new TakenValue(hit?.Text, hit?.Reason ?? "no option, or more than one, is meant", 1);
        }
    }

    /// <summary>Values of a column that is not mapped.</summary>
    /// <param name="Rows">Rows with a value.</param>
    /// <param name="First">Number of the first of them in the file's sheet; the first row is 1.</param>
    internal sealed record LeftBehind(long Rows, long First);

    /// <summary>A value of a column that goes to an enum field.</summary>
    /// <param name="To">The option's value; null when none is meant.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Rows">Rows with it.</param>
    internal sealed record TakenValue(string? To, string Reason, long Rows);
}
