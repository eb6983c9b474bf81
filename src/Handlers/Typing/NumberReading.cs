using System.Text;

namespace Flatfile.Agent.Handlers.Typing;

/// <summary>Numbers with a decimal point or a decimal comma, with groups, signs, parentheses, percent and currency around them.</summary>
public sealed class NumberReading : ValueReading
{
    private readonly NumberMarks _mark;
    private readonly ColumnType _type;

    /// <summary>Reads with one decimal mark.</summary>
    /// <param name="decimalMark"><c>.</c> or <c>,</c>.</param>
    /// <param name="type">What the numbers are.</param>
    public NumberReading(char decimalMark, ColumnType type = ColumnType.Decimal)
    {
        DecimalMark = decimalMark is '.' or ',' ? decimalMark : throw new ArgumentOutOfRangeException(nameof(decimalMark), decimalMark, "A decimal mark is '.' or ','.");
        _mark = decimalMark == '.' ? NumberMarks.Point : NumberMarks.Comma;
        _type = type;
    }

    /// <summary><c>.</c> or <c>,</c>.</summary>
    public char DecimalMark { get; }

    /// <inheritdoc />
    public override ColumnType Type => _type;

    /// <inheritdoc />
    public override string Description => DecimalMark == '.' ? "decimal point" : "decimal comma";

    /// <summary>A number as JSON has it; a percent sign is dropped and its number stays: <c>12,5 %</c> is <c>12.5</c>.</summary>
    public override string? Read(ReadOnlySpan<char> cell) =>
        NumberShape.TryParse(cell, out var shape) && (shape.Marks & _mark) != 0 ? Write(shape) : null;

    private static bool IsZero(ReadOnlySpan<char> digits) => digits.IndexOfAny("123456789") < 0;

    private string Write(NumberShape shape)
    {
        var at = shape.Digits.IndexOf(DecimalMark);
        var whole = at < 0 ? shape.Digits : shape.Digits[..at];
        var json = new StringBuilder(shape.Digits.Length + shape.Exponent.Length + 2);
        foreach (var c in whole)
        {
            // Leading zeros are no JSON.
            if (char.IsAsciiDigit(c) && (c != '0' || json.Length > 0))
            {
                json.Append(c);
            }
        }

        if (json.Length == 0)
        {
            json.Append('0');
        }

        if (at >= 0)
        {
            json.Append('.').Append(shape.Digits[(at + 1)..]);
        }

        json.Append(shape.Exponent);
        if (shape.IsNegative && !IsZero(shape.Digits))
        {
            json.Insert(0, '-');
        }

        return json.ToString();
    }
}
