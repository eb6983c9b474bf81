using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>What became of one sheet of a file.</summary>
/// <param name="Source">The file's own sheet.</param>
/// <param name="Choice">The sheet that claimed it, or why none did.</param>
/// <param name="Rows">Rows of the file's sheet; when it was claimed, those that were written.</param>
/// <param name="Tally">What was counted on the way.</param>
internal sealed record MappedTable(Sheet Source, SheetChoice Choice, long Rows, CopyTally Tally)
{
    public bool IsClaimed => Choice.Match is not null;
}
