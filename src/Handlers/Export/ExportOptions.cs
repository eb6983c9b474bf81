namespace Flatfile.Agent.Handlers.Export;

/// <summary>What an export holds and how it looks. Comes from the settings <c>Export</c>; the job's input wins.</summary>
/// <remarks>Members are set, not initialised: the reader of JSON would else put nothing in the place of their defaults.</remarks>
internal sealed record ExportOptions
{
    public const string Keys = "keys";

    public const string RecordIdLabel = "recordId";

    /// <summary><c>xlsx</c>, <c>csv</c> or <c>jsonl</c>.</summary>
    public string Format { get; set; } = "xlsx";

    /// <summary>A ZIP of the files; null for one only where several files come out.</summary>
    public bool? Zip { get; set; }

    /// <summary>The file's name without extension; null for the workbook's or sheet's name and the time.</summary>
    public string? FileName { get; set; }

    /// <summary><c>all</c>, <c>valid</c> or <c>error</c>.</summary>
    public string? Filter { get; set; }

    /// <summary>The official name of <see cref="Filter"/>.</summary>
    public string? RecordFilter { get; set; }

    /// <summary>Rows in Flatfile's query language.</summary>
    public string? Q { get; set; }

    /// <summary>Slugs of the sheets; null for all.</summary>
    public IReadOnlyList<string>? Sheets { get; set; }

    /// <summary>Slugs of sheets to leave out.</summary>
    public IReadOnlyList<string>? ExcludedSheets { get; set; }

    /// <summary>Keys of the fields; null for all.</summary>
    public IReadOnlyList<string>? Fields { get; set; }

    /// <summary>Keys of fields to leave out.</summary>
    public IReadOnlyList<string>? ExcludeFields { get; set; }

    /// <summary>Messages go along: XLSX as comments of their cells, else as a column <c>Messages</c>. Null: in XLSX only.</summary>
    public bool? IncludeMessages { get; set; }

    /// <summary>The official way to leave messages out.</summary>
    public bool? ExcludeMessages { get; set; }

    /// <summary>The ids of the records go along, as the first column.</summary>
    public bool IncludeRecordIds { get; set; }

    /// <summary><c>labels</c> or <c>keys</c>: what stands above the columns.</summary>
    public string Header { get; set; } = "labels";

    /// <summary>The file is downloaded at once; otherwise the outcome leads to the space's files.</summary>
    public bool AutoDownload { get; set; } = true;

    /// <summary>Between the elements of a list that becomes one cell.</summary>
    public string ListSeparator { get; set; } = ", ";

    /// <summary>Of CSV: one character between cells, or <c>tab</c>.</summary>
    public string Delimiter { get; set; } = ",";

    /// <summary>Of CSV: <c>crlf</c> or <c>lf</c>.</summary>
    public string LineEnd { get; set; } = "crlf";

    /// <summary>Of CSV: every cell in quotes.</summary>
    public bool QuoteAll { get; set; }

    /// <summary>Of CSV: begin with the mark by which Excel knows UTF-8.</summary>
    public bool Bom { get; set; } = true;

    /// <summary>Of CSV: texts that a spreadsheet would run as formulas get an apostrophe. Off for programs only, see <see cref="AllowUnguarded"/>.</summary>
    public bool GuardFormulas { get; set; } = true;

    /// <summary>A job may switch <see cref="GuardFormulas"/> off. A setting only: no job can give it.</summary>
    public bool AllowUnguarded { get; set; }

    /// <summary>The rows that are taken.</summary>
    public string? Rows => Filter ?? RecordFilter;

    /// <summary>Messages go along.</summary>
    public bool Messages => IncludeMessages ?? (ExcludeMessages is { } without ? !without : Format == "xlsx");

    /// <summary>True when a field is exported.</summary>
    public bool Takes(string key) => Fields?.Contains(key) != false && ExcludeFields?.Contains(key) != true;

    /// <summary>Everything wrong with the options, each with what to do.</summary>
    public IEnumerable<string> Faults()
    {
        if (Format is not ("xlsx" or "csv" or "jsonl"))
        {
            yield return $"The format '{Format}' is none of xlsx, csv, jsonl. Choose one of them.";
        }

        if (Rows is not (null or "all" or "valid" or "error"))
        {
            yield return $"The filter '{Rows}' is none of all, valid, error. Choose one of them.";
        }

        if (Header is not ("labels" or Keys))
        {
            yield return $"The header '{Header}' is neither labels nor keys. Choose one of them.";
        }

        if (LineEnd is not ("crlf" or "lf"))
        {
            yield return $"The lineEnd '{LineEnd}' is neither crlf nor lf. Choose one of them.";
        }

        if (Delimiter != "tab" && (Delimiter.Length != 1 || Delimiter[0] is '"' or '\r' or '\n' or '\'' || char.IsSurrogate(Delimiter[0])))
        {
            yield return "The delimiter must be one character that is neither a quote, an apostrophe nor a line end, or the word tab. Give such a one.";
        }
    }
}
