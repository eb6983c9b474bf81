namespace Flatfile.Spaces.Records.Bulk;

/// <summary>What is done to each row of a selection.</summary>
internal interface IRowChange
{
    /// <summary>A condition on <c>x</c> without which nothing changes in a row; nothing when every row must be looked at.</summary>
    string? Condition(Microsoft.Data.Sqlite.SqliteConnection connection, Selection selection);

    /// <summary>Changes the row begun last.</summary>
    void Apply(RowUpdate row);
}
