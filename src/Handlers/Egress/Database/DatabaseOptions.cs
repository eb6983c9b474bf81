namespace Flatfile.Agent.Handlers.Egress.Database;

/// <summary>Where rows are written to and how. Comes from the settings <c>Database</c>; a job may narrow down the rows, and ask for the plan alone.</summary>
/// <remarks>Members are set, not initialised: the reader of JSON would else put nothing in the place of their defaults.</remarks>
internal sealed record DatabaseOptions
{
    /// <summary>Of the PostgreSQL database, in the form of Npgsql. A setting only.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The tables by the slug of their sheet. A setting only.</summary>
    public IReadOnlyDictionary<string, TableOptions> Tables { get; set; } = new Dictionary<string, TableOptions>();

    /// <summary>The schema of tables that name none, and of the ledger.</summary>
    public string Schema { get; set; } = "public";

    /// <summary>The table that remembers how far each job came: made when it is missing.</summary>
    public string Ledger { get; set; } = "flatfile_egress";

    /// <summary>Rows of one batch, 1 to 10,000.</summary>
    public int BatchSize { get; set; } = 5_000;

    /// <summary>All or nothing: one transaction for all rows, undone when one is refused. Else each batch stands for itself and refused rows are left out.</summary>
    public bool AllOrNothing { get; set; }

    /// <summary>Shows what would be done, and does nothing.</summary>
    public bool DryRun { get; set; }

    /// <summary><c>all</c>, <c>valid</c> or <c>error</c>.</summary>
    public string Filter { get; set; } = "valid";

    /// <summary>Rows in Flatfile's query language.</summary>
    public string? Q { get; set; }

    /// <summary>Slugs of the sheets; null for all that have a table.</summary>
    public IReadOnlyList<string>? Sheets { get; set; }

    /// <summary>True when a row of this validity is written.</summary>
    public bool Takes(bool isValid) => Filter == "all" || isValid == (Filter == "valid");

    /// <summary>Everything wrong with the options, each with what to do.</summary>
    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(ConnectionString))
        {
            yield return "No database is set to write to. Set ConnectionString of Database in the settings.";
        }

        if (Tables.Count == 0)
        {
            yield return "No sheet has a table. Set Tables of Database in the settings: the slug of the sheet, and its Table.";
        }

        if (BatchSize is < 1 or > 10_000)
        {
            yield return $"A batchSize of {BatchSize} is not possible. Give one from 1 to 10,000.";
        }

        if (Filter is not ("all" or "valid" or "error"))
        {
            yield return $"The filter '{Filter}' is none of all, valid, error. Choose one of them.";
        }
    }
}
