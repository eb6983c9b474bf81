namespace Flatfile.Api;

/// <summary>A column while its table is read.</summary>
internal sealed class SqlColumn(string name, string type, int line)
{
    public string Name => name;

    public string Type { get; set; } = type;

    public int Line => line;

    public bool IsRequired { get; set; }

    public bool IsUnique { get; set; }

    /// <summary>The database gives the value itself.</summary>
    public bool IsMade { get; set; }

    public string? Comment { get; set; }

    public string? Default { get; set; }

    public int? DecimalPlaces { get; set; }

    public List<string> Options { get; } = [];

    public List<Constraint> Rules { get; } = [];

    /// <summary>Table and column referred to; the column is null for the key of the table.</summary>
    public (string Table, string? Column)? Reference { get; set; }
}
