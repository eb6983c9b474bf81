namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>What a number format makes of the numbers under it.</summary>
internal enum NumberMeaning
{
    /// <summary>Numbers: currencies and fractions too, which only look different.</summary>
    Number,

    /// <summary>Numbers that are shown times a hundred.</summary>
    Percent,

    /// <summary>Days, times of day or both.</summary>
    Date,

    /// <summary>Lengths of time.</summary>
    Duration,

    /// <summary>Identifiers: leading zeros or signs between the digits, as in a postal code or telephone number.</summary>
    Identifier,
}
