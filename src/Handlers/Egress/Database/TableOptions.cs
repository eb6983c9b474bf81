namespace Flatfile.Agent.Handlers.Egress.Database;

/// <summary>The table of a sheet.</summary>
internal sealed record TableOptions
{
    /// <summary>Its name as the database has it; <c>schema.table</c> for another schema. Null for the sheet's slug.</summary>
    public string? Table { get; set; }

    /// <summary>The column of each field by its key; null for the columns that are named like fields.</summary>
    public IReadOnlyDictionary<string, string>? Columns { get; set; }

    /// <summary>The columns by which a row is known: one that is there is changed. Empty to insert every row.</summary>
    public IReadOnlyList<string> Key { get; set; } = [];
}
