namespace Flatfile.Agent.Handlers.Json;

/// <summary>Hands the records of a file to its tables, which follow one another in the file.</summary>
internal sealed class JsonRecords(JsonWalker walker)
{
    private bool _isAhead;
    private bool _ended;

    /// <summary>Moves to the next record of a table; those of earlier tables are passed over.</summary>
    /// <returns>False when the table has no further record.</returns>
    public async ValueTask<bool> NextAsync(int table, CancellationToken cancellationToken)
    {
        while (!_ended)
        {
            if (!_isAhead && !await walker.NextAsync(cancellationToken))
            {
                _ended = true;
                break;
            }

            _isAhead = walker.Table > table;
            if (walker.Table >= table)
            {
                return !_isAhead;
            }
        }

        return false;
    }
}
