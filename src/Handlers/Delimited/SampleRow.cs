namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>One record of the sample, for finding the header.</summary>
/// <param name="Number">Its row number in the file.</param>
/// <param name="Cells">Its cells as text.</param>
internal sealed record SampleRow(long Number, IReadOnlyList<string> Cells)
{
    /// <summary>Cells up to the last one that is not empty.</summary>
    public int UsedWidth { get; } = Cells.Count - Cells.Reverse().TakeWhile(string.IsNullOrWhiteSpace).Count();

    /// <summary>Cells that are not empty.</summary>
    public int Filled { get; } = Cells.Count(c => !string.IsNullOrWhiteSpace(c));
}
