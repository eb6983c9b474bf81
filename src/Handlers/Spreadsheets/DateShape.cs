namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>What a number format shows of a day that is counted.</summary>
internal enum DateShape
{
    Date,
    DateAndTime,

    /// <summary>The time of day alone.</summary>
    Time,

    /// <summary>Formats that mean a date in one language and a time in another: the number decides.</summary>
    Either,
}
