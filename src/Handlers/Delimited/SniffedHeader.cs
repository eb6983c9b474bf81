namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Where the header stands and what it names.</summary>
/// <param name="Row">The header's row number; 0 when the file has none.</param>
/// <param name="FirstDataRow">Rows before it are title lines, notes or the header.</param>
/// <param name="Labels">One per column, as written; a column without a name is called "Column 3".</param>
internal sealed record SniffedHeader(long Row, long FirstDataRow, IReadOnlyList<string> Labels)
{
    /// <summary>False when the columns had to be named by their number.</summary>
    public bool Found => Row > 0;
}
