using Flatfile.Agent.Handlers.Typing;

namespace Flatfile.Agent.Handlers.Autocast;

/// <summary>How the cells of one field become values; kept in the checkpoint, so that all rows are read the same way.</summary>
/// <param name="Key">The field.</param>
/// <param name="Name">As a person knows it.</param>
/// <param name="Kind">What the field holds.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Evidence">What it was concluded from.</param>
internal sealed record FieldCast(string Key, string Name, FieldCastKind Kind, double Confidence, IReadOnlyList<string> Evidence)
{
    /// <summary>Of numbers; null for other kinds, and while it is asked for.</summary>
    public char? DecimalMark { get; init; }

    /// <summary>Of dates in numbers with signs between them.</summary>
    public DateOrder? DateOrder { get; init; }

    public int TwoDigitYearMax { get; init; }

    /// <summary>The dates are days of a spreadsheet.</summary>
    public bool IsSerial { get; init; }

    public bool Count1904 { get; init; }

    /// <summary>The dates are seconds since 1970.</summary>
    public bool IsEpoch { get; init; }

    /// <summary>What a person must say first; null when all is clear.</summary>
    public OpenQuestion? Question { get; init; }

    /// <summary>Cells whose value was written.</summary>
    public long Cast { get; init; }

    /// <summary>Cells that cannot be read; they stay as they are.</summary>
    public long Unreadable { get; init; }

    /// <summary>The first of them.</summary>
    public string? UnreadableExample { get; init; }

    public ValueReading? Reading => Kind switch
    {
        FieldCastKind.Number when DecimalMark is { } mark => new NumberReading(mark),
        FieldCastKind.Boolean => new BooleanReading(),
        FieldCastKind.Date when IsSerial => new SerialDateReading(Count1904),
        FieldCastKind.Date when IsEpoch => new EpochReading(),
        FieldCastKind.Date when DateOrder is { } order => new DateReading(order, TwoDigitYearMax),
        _ => null,
    };

    /// <param name="Option">The option that answers it.</param>
    /// <param name="Text">What is open and what to do.</param>
    /// <param name="Answers">Each value of the option with what it would mean.</param>
    internal sealed record OpenQuestion(string Option, string Text, IReadOnlyList<string> Answers);
}
