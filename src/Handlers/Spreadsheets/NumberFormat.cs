namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>A number format of a spreadsheet, as far as it tells what the numbers under it mean.</summary>
internal sealed class NumberFormat
{
    private readonly IReadOnlyList<NumberSection> _sections;

    private NumberFormat(string code, NumberMeaning meaning, DateShape shape, IReadOnlyList<NumberSection> sections)
    {
        Code = code;
        Meaning = meaning;
        Shape = shape;
        _sections = sections;
    }

    /// <summary>Numbers as they are.</summary>
    public static NumberFormat General { get; } = new("General", NumberMeaning.Number, default, []);

    /// <summary>As the file has it.</summary>
    public string Code { get; }

    public NumberMeaning Meaning { get; }

    /// <summary>What is shown of a date; of no use for other meanings.</summary>
    public DateShape Shape { get; }

    /// <summary>Reads a format's code, such as <c>yyyy-mm-dd</c>, <c>00000</c> or <c>[$-409]h:mm AM/PM;@</c>.</summary>
    public static NumberFormat Parse(string code)
    {
        var sections = NumberSection.Split(code);

        // With a condition the first part may be for a single number, such as zero: the dates stand in another.
        var first = sections[0].Condition is null ? sections[0] : sections.FirstOrDefault(s => s.IsDuration || s.HasDate || s.HasTime) ?? sections[0];
        if (first.IsDuration)
        {
            return new NumberFormat(code, NumberMeaning.Duration, default, sections);
        }

        if (first.HasDate || first.HasTime)
        {
            var shape = !first.HasDate ? DateShape.Time : first.HasTime ? DateShape.DateAndTime : DateShape.Date;
            return new NumberFormat(code, NumberMeaning.Date, shape, sections);
        }

        var meaning = sections.Any(s => s.IsMask) ? NumberMeaning.Identifier : first.IsPercent ? NumberMeaning.Percent : NumberMeaning.Number;
        return new NumberFormat(code, meaning, default, sections);
    }

    /// <summary>The format behind a number that every spreadsheet program knows without being told; <see cref="General"/> for one it does not.</summary>
    public static NumberFormat BuiltIn(int id) => id switch
    {
        9 or 10 => Percents,
        14 or 15 or 16 or 17 => Dates,
        22 => DatesWithTime,
        18 or 19 or 20 or 21 or 45 or 47 => Times,
        46 => Durations,
        >= 27 and <= 36 or >= 50 and <= 58 => Either,
        71 or 72 or 73 or 74 => Dates,
        75 or 76 or 78 => Times,
        77 => DatesWithTime,
        79 or 80 => Times,
        81 => Dates,
        _ => General,
    };

    /// <summary>Writes an identifier as it is shown.</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="target">At least <see cref="NumberSection.MaxMasked"/> long.</param>
    /// <returns>Characters written; 0 when the number is none that the format has been made for: it stays a number.</returns>
    public int WriteIdentifier(double value, Span<char> target)
    {
        if (value < 0 || value >= 1e15 || value != Math.Truncate(value))
        {
            return 0;
        }

        var section = _sections[0].Condition is null ? _sections[value == 0 && _sections.Count > 2 ? 2 : 0] : _sections.FirstOrDefault(s => s.Takes(value)) ?? _sections[^1];
        return section.IsMask ? section.WriteMasked((long)value, target) : 0;
    }

    private static readonly NumberFormat Percents = new("0%", NumberMeaning.Percent, default, []);
    private static readonly NumberFormat Dates = new("date", NumberMeaning.Date, DateShape.Date, []);
    private static readonly NumberFormat DatesWithTime = new("date and time", NumberMeaning.Date, DateShape.DateAndTime, []);
    private static readonly NumberFormat Times = new("time", NumberMeaning.Date, DateShape.Time, []);
    private static readonly NumberFormat Either = new("date or time", NumberMeaning.Date, DateShape.Either, []);
    private static readonly NumberFormat Durations = new("[h]:mm:ss", NumberMeaning.Duration, default, []);
}
