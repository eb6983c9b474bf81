namespace Flatfile.Agent.Handlers.Typing;

/// <summary>What the values of a column are.</summary>
public enum ColumnType
{
    /// <summary>No value at all.</summary>
    Empty,

    /// <summary>Anything.</summary>
    Text,

    /// <summary>Whole numbers to count or calculate with.</summary>
    Integer,

    /// <summary>Numbers with decimals.</summary>
    Decimal,

    /// <summary>Numbers with a percent sign.</summary>
    Percent,

    /// <summary>Numbers with the sign or code of a currency.</summary>
    Amount,

    /// <summary>Two words or digits for true and false.</summary>
    Boolean,

    /// <summary>Days.</summary>
    Date,

    /// <summary>Days with a time.</summary>
    DateTime,

    /// <summary>Times of a day.</summary>
    Time,

    /// <summary>Lengths of time.</summary>
    Duration,

    /// <summary>Few texts that come again and again.</summary>
    Enum,

    /// <summary>Digits that are a name and no number: leading zeros, codes, numbers of things.</summary>
    Identifier,

    /// <summary>Addresses of electronic mail.</summary>
    Email,

    /// <summary>Addresses of the web.</summary>
    Url,

    /// <summary>Telephone numbers.</summary>
    Phone,
}
