namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>Reads the rows of a sheet, one after the other.</summary>
internal interface ISheetReader : IAsyncDisposable
{
    /// <summary>Columns the sheet itself says it uses, 0 for A; null when it does not tell. May be wrong.</summary>
    (int First, int Last)? Width { get; }

    /// <summary>Merged ranges that begin in the rows a header may stand in. Complete behind the last row, or from the start where the format tells.</summary>
    IReadOnlyList<MergedRange> HeaderMerges { get; }

    /// <summary>Merged ranges of the sheet; complete behind the last row.</summary>
    long Merges { get; }

    /// <summary>Rows read so far that a person does not see.</summary>
    long HiddenRows { get; }

    /// <summary>Share of the sheet's bytes read, 0 to 1.</summary>
    double Progress { get; }

    /// <summary>Moves to the next row in which a cell holds something.</summary>
    /// <param name="row">Receives the row.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>False behind the last row.</returns>
    /// <exception cref="Reading.UnreadableFileException">The rest of the sheet cannot be read.</exception>
    ValueTask<bool> ReadAsync(SheetRow row, CancellationToken cancellationToken);

    /// <summary>Looks through the rest of the sheet. A reader that need not take its texts for this does it by itself.</summary>
    /// <param name="used">Receives for each column, 0 for A, whether a cell of it holds something; as long as the widest row.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    async ValueTask SurveyAsync(List<bool> used, CancellationToken cancellationToken)
    {
        var row = new SheetRow();
        while (await ReadAsync(row, cancellationToken))
        {
            for (var i = 0; i < row.Count; i++)
            {
                while (used.Count <= row.ColumnAt(i))
                {
                    used.Add(false);
                }

                used[row.ColumnAt(i)] = true;
            }
        }
    }
}
