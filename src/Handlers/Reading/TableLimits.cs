namespace Flatfile.Agent.Handlers.Reading;

/// <summary>What a file may ask of the machine, whatever its kind.</summary>
internal static class TableLimits
{
    /// <summary>As many columns as a spreadsheet can hold.</summary>
    public const int Columns = 16_384;

    /// <summary>Tables of one file.</summary>
    public const int Tables = 500;

    /// <summary>Bytes of a file that is spooled to be read twice.</summary>
    public const long Spool = 16L * 1024 * 1024 * 1024;

    /// <summary>Levels of nesting in JSON.</summary>
    public const int JsonDepth = 64;

    /// <summary>Bytes of one value or record of JSON.</summary>
    public const int JsonRecord = 16 * 1024 * 1024;

    /// <summary>Levels of nesting in XML.</summary>
    public const int XmlDepth = 256;

    /// <summary>Characters of one record of XML.</summary>
    public const int XmlRecord = 4 * 1024 * 1024;

    public static UnreadableFileException TooManyColumns() => new(
        $"The records of this file have more than {Columns:N0} different columns, the limit. Names that are data, such as a date or an id as a member's name, make columns: put them into values, or split the file.");

    public static UnreadableFileException TooManyTables(string wayOut) => new(
        $"This file holds more than {Tables:N0} tables, the limit. {wayOut}");
}
