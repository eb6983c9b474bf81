namespace Flatfile.Api;

/// <summary>A table while its statements are read.</summary>
internal sealed class SqlTable(string name, int line)
{
    public string Name => name;

    public int Line => line;

    public string? Comment { get; set; }

    public List<SqlColumn> Columns { get; } = [];

    /// <summary>The columns of the primary key.</summary>
    public IReadOnlyList<string> Key { get; set; } = [];

    public List<SheetConstraint> Constraints { get; } = [];

    public SqlColumn? Find(string column) => Columns.Find(c => c.Name.Equals(column, StringComparison.OrdinalIgnoreCase));
}
