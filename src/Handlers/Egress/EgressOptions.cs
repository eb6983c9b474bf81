namespace Flatfile.Agent.Handlers.Egress;

/// <summary>What is sent, and what becomes of the rows. Comes from the settings <c>Egress</c>; the job's input wins where it may.</summary>
/// <remarks>Members are set, not initialised: the reader of JSON would else put nothing in the place of their defaults.</remarks>
internal sealed record EgressOptions
{
    /// <summary>In the place of the webhook's own address; taken only for a host in its <c>JobHosts</c>.</summary>
    public string? Url { get; set; }

    /// <summary><c>all</c>, <c>valid</c> or <c>error</c>.</summary>
    public string Filter { get; set; } = "all";

    /// <summary>Rows in Flatfile's query language.</summary>
    public string? Q { get; set; }

    /// <summary>Slugs of the sheets; null for all.</summary>
    public IReadOnlyList<string>? Sheets { get; set; }

    /// <summary>Rows of one message, 1 to 10,000.</summary>
    public int PageSize { get; set; } = 1_000;

    /// <summary>The sheet gets the field <c>submissionStatus</c>, which says of each row sent whether it was rejected.</summary>
    public bool StatusField { get; set; }

    /// <summary>What becomes of rows the receiver accepted: <c>keep</c>, <c>delete</c>, or <c>asked</c> to delete them when the receiver asks for it.</summary>
    public string Accepted { get; set; } = "keep";

    /// <summary>The status must be known row by row, else rows could be deleted that were never sent.</summary>
    public bool MarksRows => StatusField || Accepted != "keep";

    /// <summary>True when a row of this validity is sent.</summary>
    public bool Takes(bool isValid) => Filter == "all" || isValid == (Filter == "valid");

    /// <summary>Everything wrong with the options, each with what to do.</summary>
    public IEnumerable<string> Faults()
    {
        if (Filter is not ("all" or "valid" or "error"))
        {
            yield return $"The filter '{Filter}' is none of all, valid, error. Choose one of them.";
        }

        if (PageSize is < 1 or > 10_000)
        {
            yield return $"A pageSize of {PageSize} is not possible. Give one from 1 to 10,000.";
        }

        if (Accepted is not ("keep" or "delete" or "asked"))
        {
            yield return $"'{Accepted}' cannot become of accepted rows. Choose keep, delete or asked.";
        }
    }
}
