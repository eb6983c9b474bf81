using System.Globalization;

namespace Flatfile.Agent.Handlers.Typing;

/// <summary>What the numbers of a column have in common, counted cell by cell.</summary>
internal sealed class NumberTally
{
    /// <summary>Digits that a number of JavaScript, and so many a program, holds without loss.</summary>
    private const int SafeDigits = 15;

    public long Count { get; private set; }

    public long PointOnly { get; private set; }

    public long CommaOnly { get; private set; }

    /// <summary>Can be read with either mark, and is a different number with each.</summary>
    public long Open { get; private set; }

    /// <summary>With decimals, when the mark is a point and when it is a comma.</summary>
    public long PointFractions { get; private set; }

    public long CommaFractions { get; private set; }

    public long Percents { get; private set; }

    public long Amounts { get; private set; }

    public long LeadingZeros { get; private set; }

    public long Plain { get; private set; }

    public long Exponents { get; private set; }

    public long PlusSigns { get; private set; }

    public int ShortestPlain { get; private set; } = int.MaxValue;

    public int LongestPlain { get; private set; }

    public double Least { get; private set; } = double.MaxValue;

    public double Most { get; private set; } = double.MinValue;

    public string? PointExample { get; private set; }

    public string? CommaExample { get; private set; }

    public string? OpenExample { get; private set; }

    public string? ZeroExample { get; private set; }

    public bool AllPlain => Plain == Count;

    public bool HaveOneWidth => ShortestPlain == LongestPlain;

    public bool TooLongForNumber => LongestPlain > SafeDigits;

    /// <summary>Counts a cell if it is a number.</summary>
    /// <param name="cell">With its blanks around.</param>
    /// <param name="isTyped">The file says that it is a number: its mark is a point, whatever people write.</param>
    public bool Add(ReadOnlySpan<char> cell, bool isTyped)
    {
        if (!NumberShape.TryParse(cell, out var shape))
        {
            return false;
        }

        var marks = isTyped ? shape.Marks & NumberMarks.Point : shape.Marks;
        Count++;
        Percents += shape.IsPercent ? 1 : 0;
        Amounts += shape.Currency.IsEmpty ? 0 : 1;
        Exponents += shape.Exponent.IsEmpty ? 0 : 1;
        PlusSigns += cell.TrimStart() is ['+', ..] ? 1 : 0;
        AddPlain(cell, shape, isTyped);
        AddMarks(cell, shape, marks);
        return true;
    }

    private void AddPlain(ReadOnlySpan<char> cell, NumberShape shape, bool isTyped)
    {
        if (!shape.IsPlain)
        {
            return;
        }

        Plain += shape.IsNegative || shape.IsPercent || !shape.Currency.IsEmpty ? 0 : 1;
        ShortestPlain = Math.Min(ShortestPlain, shape.Digits.Length);
        LongestPlain = Math.Max(LongestPlain, shape.Digits.Length);
        if (shape.HasLeadingZero && !isTyped)
        {
            LeadingZeros++;
            ZeroExample ??= cell.ToString();
        }

        if (double.TryParse(shape.Digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            Least = Math.Min(Least, number);
            Most = Math.Max(Most, number);
        }
    }

    private void AddMarks(ReadOnlySpan<char> cell, NumberShape shape, NumberMarks marks)
    {
        if (!shape.HasPointOrComma)
        {
            return;
        }

        PointFractions += (marks & NumberMarks.Point) != 0 && shape.Digits.Contains('.') ? 1 : 0;
        CommaFractions += (marks & NumberMarks.Comma) != 0 && shape.Digits.Contains(',') ? 1 : 0;
        switch (marks)
        {
            case NumberMarks.Point:
                PointOnly++;
                PointExample ??= cell.Trim().ToString();
                break;
            case NumberMarks.Comma:
                CommaOnly++;
                CommaExample ??= cell.Trim().ToString();
                break;
            case NumberMarks.Either:
                Open++;
                OpenExample ??= cell.Trim().ToString();
                break;
        }
    }
}
