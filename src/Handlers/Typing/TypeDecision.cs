namespace Flatfile.Agent.Handlers.Typing;

/// <summary>Concludes from the counts of a column what its values are.</summary>
internal sealed class TypeDecision(string name, TypingOptions options, ColumnTallies tallies)
{
    /// <summary>So much of a column may be something else: slips, remarks.</summary>
    private const double Enough = 0.95;

    /// <summary>Worth a sentence, though not enough for a type.</summary>
    private const double Notable = 0.5;

    private const int MostOptions = 50;
    private const double MostDistinctShare = 0.2;

    private readonly NameHints _hints = new(name);

    public TypedColumn DecideAs(ColumnType wanted)
    {
        var column = wanted switch
        {
            ColumnType.Boolean when tallies.True + tallies.False > 0 => Typed(ColumnType.Boolean, Share(tallies.True + tallies.False), $"{Counted.Values(tallies.True)} for true and {Counted.Values(tallies.False)} for false") with
            {
                Reading = new BooleanReading(), Unreadable = tallies.Filled - tallies.True - tallies.False,
            },
            ColumnType.Date when tallies.Dates.Count > 0 => new DateDecision(name, options, tallies.Dates, tallies.Filled, _hints).Decide(),
            ColumnType.Date when tallies.Numbers.Count > 0 => new NumberDecision(name, options, tallies, _hints).DecideDate(),
            ColumnType.Decimal when tallies.Numbers.Count > 0 => new NumberDecision(name, options, tallies, _hints).DecideNumber(),
            _ => Typed(tallies.Filled == 0 ? ColumnType.Empty : ColumnType.Text, 1, tallies.Filled == 0 ? "there is no value" : $"no value can be read, such as {Examples()}") with { Unreadable = tallies.Filled },
        };
        return WithCounts(column);
    }

    public TypedColumn Decide()
    {
        var column = tallies.Filled == 0 ? Typed(ColumnType.Empty, 1, Blanks("there is no value")) : Truths() ?? Dates() ?? Times() ?? Numbers() ?? Texts();
        return WithCounts(column);
    }

    private TypedColumn WithCounts(TypedColumn column) => column with
    {
        Filled = tallies.Filled,
        Blank = tallies.Blank,
        IsUnique = tallies.Filled == 0 ? null : tallies.Texts.IsUnique,
        Values = tallies.Texts.Values,
        HasAllValues = tallies.Texts.HasAll,
        Evidence = tallies is { Filled: > 0, BlankWords: > 0 } ? [.. column.Evidence, Blanks("of the cells without value")] : column.Evidence,
    };

    private TypedColumn? Truths()
    {
        var found = tallies.True + tallies.False;
        if (Share(found) < Enough)
        {
            return null;
        }

        var evidence = $"{Counted.Values(tallies.True)} for true and {Counted.Values(tallies.False)} for false: {Examples()}";
        if (tallies.Bits == found)
        {
            // Zeros and ones are numbers, too: only the name can say which.
            return _hints.IsFlag ? Typed(ColumnType.Boolean, 0.9, evidence, "the column's name is that of a truth value") with { Reading = new BooleanReading() } : null;
        }

        var bothOrWords = (tallies.True > 0 && tallies.False > 0) || tallies.Letters == 0;
        return bothOrWords ? Typed(ColumnType.Boolean, Share(found), evidence) with { Reading = new BooleanReading(), Unreadable = tallies.Filled - found } : null;
    }

    private TypedColumn? Dates()
    {
        var dates = tallies.Dates;
        if (Share(dates.Count) < Enough || (dates.Compact > 0 && !CompactAreDates()))
        {
            return null;
        }

        return new DateDecision(name, options, dates, tallies.Filled, _hints).Decide();
    }

    /// <summary>Eight digits are dates where the name says so, or where so many of them are days that it is no accident.</summary>
    private bool CompactAreDates() => tallies.Dates.Fits(DateOrder.YearMonthDay) == tallies.Filled && (_hints.IsDate || (tallies.Filled >= 10 && !_hints.IsId));

    private TypedColumn? Times()
    {
        if (Share(tallies.Times) >= Enough)
        {
            return Typed(ColumnType.Time, Share(tallies.Times), $"{Counted.Values(tallies.Times)} are times of a day, such as {Examples()}") with
            {
                Reading = new TimeReading(), Unreadable = tallies.Filled - tallies.Times,
            };
        }

        return Share(tallies.Durations) >= Enough
            ? Typed(ColumnType.Duration, Share(tallies.Durations), $"{Counted.Values(tallies.Durations)} are lengths of time, such as {Examples()}") with
            {
                Reading = new TimeReading(ColumnType.Duration), Unreadable = tallies.Filled - tallies.Durations,
            }
            : null;
    }

    private TypedColumn? Numbers()
    {
        if (Share(tallies.Texts.Phones) >= Enough && (_hints.IsPhone || Share(tallies.Numbers.PlusSigns) > Notable))
        {
            return Typed(ColumnType.Phone, 0.95, $"{Counted.Values(tallies.Texts.Phones)} have the digits of a telephone number, such as {Examples()}");
        }

        return Share(tallies.Numbers.Count) >= Enough ? new NumberDecision(name, options, tallies, _hints).Decide() : null;
    }

    private TypedColumn Texts()
    {
        var texts = tallies.Texts;
        (long Count, ColumnType Type, string What)[] kinds =
        [
            (texts.Emails, ColumnType.Email, "are addresses of electronic mail"), (texts.Urls, ColumnType.Url, "are addresses of the web"), (texts.Phones, ColumnType.Phone, "have the digits of a telephone number"),
        ];
        var (count, type, what) = kinds.MaxBy(k => k.Count);
        if (Share(count) >= Enough)
        {
            return Typed(type, Share(count), $"{Counted.Values(count)} {what}, such as {Examples()}") with { Unreadable = texts.Count - count };
        }

        if (texts is { HasAll: true, Distinct: <= MostOptions } && texts.Distinct <= tallies.Filled * MostDistinctShare)
        {
            return Typed(ColumnType.Enum, 1 - ((double)texts.Distinct / tallies.Filled), $"{Counted.Values(tallies.Filled)}, but only {texts.Distinct} different ones: {Examples()}");
        }

        List<string> evidence = [$"{Counted.Values(tallies.Filled)} of no narrower type, such as {Examples()}"];
        (long Count, string What)[] parts = [(tallies.Numbers.Count, "numbers"), (tallies.Dates.Count, "dates"), (tallies.True + tallies.False, "truth values")];
        evidence.AddRange(parts.Where(p => Share(p.Count) >= Notable).Select(p => $"only {p.Count:N0} of {tallies.Filled:N0} are {p.What}: too few for the whole column"));
        return new TypedColumn(name, ColumnType.Text, 1, evidence);
    }

    private double Share(long count) => (double)count / tallies.Filled;

    private string Blanks(string what) => tallies.BlankWords == 0 ? what : $"{what}, {Counted.Of(tallies.BlankWords, "is a word", "are words")} such as N/A";

    private string Examples() => string.Join(", ", tallies.Texts.Values.Take(3).Select(v => v.Key.Length <= 40 ? v.Key : v.Key[..40] + "…"));

    private TypedColumn Typed(ColumnType type, double confidence, params string[] evidence) => new(name, type, confidence, evidence);
}
