namespace Flatfile.Spaces.Records;

/// <summary>How a cell lies in its column.</summary>
internal enum CellKind : byte
{
    /// <summary>Empty.</summary>
    Null,

    /// <summary>A whole number whose digits are exactly the text that came.</summary>
    Integer,

    /// <summary>Text as it came.</summary>
    Text,

    /// <summary>A blob: JSON that no text stands for (a list, a typed option).</summary>
    Json,
}
