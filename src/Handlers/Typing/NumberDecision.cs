namespace Flatfile.Agent.Handlers.Typing;

/// <summary>Concludes what the numbers of a column are, and which mark stands before their decimals.</summary>
internal sealed class NumberDecision(string name, TypingOptions options, ColumnTallies tallies, NameHints hints)
{
    /// <summary>Digits in a fixed number of places are codes from here on.</summary>
    private const int CodeWidth = 8;

    /// <summary>A mark that contradicts the others so rarely is a slip.</summary>
    private const double Slips = 0.01;

    /// <summary>Spreadsheet days from 1927 to 2119.</summary>
    private const double LeastSerial = 10_000;
    private const double MostSerial = 80_000;

    private readonly NumberTally _numbers = tallies.Numbers;

    public TypedColumn Decide() => Epochs() ?? Serials() ?? Codes() ?? Quantities();

    /// <summary>The column is known to hold numbers, codes or not.</summary>
    public TypedColumn DecideNumber() => Quantities();

    /// <summary>The column is known to hold dates, and there are numbers: days of a spreadsheet or seconds since 1970, by the name or by a person's word.</summary>
    public TypedColumn DecideDate()
    {
        if ((Epochs() ?? Serials()) is { } certain)
        {
            return certain;
        }

        var example = tallies.Texts.Values[0].Key;
        var serial = new SerialDateReading(options.Count1904);
        if (options.SerialDates == false || serial.Read(example) is not { } day)
        {
            return Typed(ColumnType.Integer, 1, $"{Counted.Values(_numbers.Count)} are numbers and no dates, such as {example}") with { Unreadable = tallies.Filled };
        }

        var evidence = $"{Counted.Values(_numbers.Count)} are numbers, such as {example}";
        var question = new TypingQuestion(
            "serialDates",
            $"The column '{name}' should hold dates and holds numbers: {evidence}. Are they days as a spreadsheet counts them ({example} is {day})? Say so with the option serialDates: true, or false to leave them.",
            [new TypingAnswer("true", $"{example} is {day}", serial)]);
        return Typed(ColumnType.Date, 0.5, evidence) with { Question = question };
    }

    private TypedColumn? Epochs() =>
        _numbers is { AllPlain: true, HaveOneWidth: true, LongestPlain: 10 or 13, LeadingZeros: 0 } && hints.IsEpoch && options.SerialDates is null
            ? Typed(ColumnType.DateTime, 0.9, $"all {Counted.Values(_numbers.Count)} have {_numbers.LongestPlain} digits and the column's name speaks of time: seconds or milliseconds since 1970") with { Reading = new EpochReading() }
            : null;

    private TypedColumn? Serials()
    {
        var serial = new SerialDateReading(options.Count1904);
        if (options.SerialDates == true)
        {
            return Typed(ColumnType.Date, 1, "the option serialDates says that they are days of a spreadsheet") with { Reading = serial };
        }

        return options.SerialDates is null && hints.IsDate && CouldBeSerial
            ? Typed(ColumnType.Date, 0.9, $"all {Counted.Values(_numbers.Count)} are days as a spreadsheet counts them ({Example} is {serial.Read(Example)}), and the column's name is that of a date") with { Reading = serial }
            : null;
    }

    private bool CouldBeSerial =>
        tallies.Filled == _numbers.Count && _numbers.Plain + _numbers.PointFractions == _numbers.Count && _numbers is { LeadingZeros: 0, Least: >= LeastSerial, Most: <= MostSerial, Plain: > 0 };

    private TypedColumn? Codes()
    {
        if (_numbers.LeadingZeros > 0)
        {
            return Code(0.97, $"{Counted.Of(_numbers.LeadingZeros, "value begins", "values begin")} with a zero that a number would lose, such as {_numbers.ZeroExample}");
        }

        if (!_numbers.AllPlain)
        {
            return null;
        }

        if (_numbers.TooLongForNumber)
        {
            return Code(0.95, $"up to {_numbers.LongestPlain} digits: as numbers many programs would round them");
        }

        if (_numbers is { HaveOneWidth: true, LongestPlain: >= CodeWidth } && tallies.Texts.IsUnique != false)
        {
            return Code(0.85, $"all {Counted.Values(_numbers.Count)} have {_numbers.LongestPlain} digits and none stands twice");
        }

        return hints.IsId ? Code(0.8, "the column's name is that of a code or number of a thing, and all values are digits") : null;
    }

    private TypedColumn Quantities()
    {
        var type = _numbers.Percents * 2 > _numbers.Count ? ColumnType.Percent : _numbers.Amounts * 2 > _numbers.Count ? ColumnType.Amount : ColumnType.Decimal;
        if (options.DecimalMark is { } given)
        {
            return Read(given, type, 1, $"the option decimalMark says '{given}'", decisive: true);
        }

        var (point, comma) = (_numbers.PointOnly, _numbers.CommaOnly);
        if (point > 0 && comma <= point * Slips)
        {
            return Read('.', type, 1, $"{Counted.Values(point)} can be read only with a decimal point, such as {_numbers.PointExample}", decisive: true);
        }

        if (comma > 0 && point <= comma * Slips)
        {
            return Read(',', type, 1, $"{Counted.Values(comma)} can be read only with a decimal comma, such as {_numbers.CommaExample}", decisive: true);
        }

        if (point + comma + _numbers.Open > 0)
        {
            return Asked(type, point > 0
                ? $"{Counted.Values(point)} can be read only with a decimal point, such as {_numbers.PointExample}, and {comma:N0} only with a decimal comma, such as {_numbers.CommaExample}"
                : $"{Counted.Values(_numbers.Open)} can be read with a decimal point and with a decimal comma, such as {_numbers.OpenExample}, and no value says which");
        }

        return Read('.', type, 1, $"all {Counted.Values(_numbers.Count)} are whole numbers", decisive: false);
    }

    private TypedColumn Read(char mark, ColumnType type, double confidence, string evidence, bool decisive)
    {
        var (fractions, misread) = mark == '.' ? (_numbers.PointFractions, _numbers.CommaOnly) : (_numbers.CommaFractions, _numbers.PointOnly);
        var found = type == ColumnType.Decimal && fractions + _numbers.Exponents == 0 ? ColumnType.Integer : type;
        var unreadable = tallies.Filled - _numbers.Count + misread;
        return Typed(found, confidence * (1 - ((double)unreadable / tallies.Filled)), evidence) with
        {
            Reading = new NumberReading(mark, found), Unreadable = unreadable, DecisiveMark = decisive ? mark : null, Alternatives = Others(),
        };
    }

    private TypedColumn Asked(ColumnType type, string evidence)
    {
        var example = _numbers.OpenExample ?? _numbers.PointExample ?? _numbers.CommaExample;
        TypingAnswer[] answers = [.. new[] { '.', ',' }.Select(mark =>
        {
            var reading = new NumberReading(mark, type);
            return new TypingAnswer(mark.ToString(), $"{example} is {reading.Read(example) ?? "not read"}", reading);
        })];
        var question = new TypingQuestion(
            "decimalMark",
            $"The column '{name}' has no certain decimal mark: {evidence}. Say with the option decimalMark whether it is '.' ({answers[0].Meaning}) or ',' ({answers[1].Meaning}).",
            answers)
        {
            IsContradiction = _numbers is { PointOnly: > 0, CommaOnly: > 0 },
        };
        return Typed(type, 0.5, evidence) with { Question = question, Unreadable = tallies.Filled - _numbers.Count };
    }

    private IReadOnlyList<ValueReading> Others()
    {
        var others = new List<ValueReading>();
        if (tallies.Bits == tallies.Filled)
        {
            others.Add(new BooleanReading());
        }

        if (CouldBeSerial)
        {
            others.Add(new SerialDateReading(options.Count1904));
        }

        return others;
    }

    private string Example => tallies.Texts.Values[0].Key;

    private TypedColumn Code(double confidence, string evidence) => Typed(ColumnType.Identifier, confidence, evidence) with { Alternatives = Others() };

    private TypedColumn Typed(ColumnType type, double confidence, string evidence) => new(name, type, confidence, [evidence]);
}
