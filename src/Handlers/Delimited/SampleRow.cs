namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>One record of a sample, for finding where tables begin and end.</summary>
/// <param name="Number">Its row number in the file.</param>
/// <param name="Cells">Its cells as text.</param>
/// <param name="AfterGap">The record before it is blank or holds empty cells only.</param>
internal sealed record SampleRow(long Number, IReadOnlyList<string> Cells, bool AfterGap = false)
{
    /// <summary>Cells up to the last one that is not empty.</summary>
    public int UsedWidth { get; } = Cells.Count - Cells.Reverse().TakeWhile(string.IsNullOrWhiteSpace).Count();

    /// <summary>Cells that are not empty.</summary>
    public int Filled { get; } = Cells.Count(c => !string.IsNullOrWhiteSpace(c));

    /// <summary>The first cell that is not empty; empty when there is none.</summary>
    public string FirstText => Cells.FirstOrDefault(c => !string.IsNullOrWhiteSpace(c))?.Trim() ?? string.Empty;

    /// <summary>The cell, or nothing where the row is shorter.</summary>
    public string this[int column] => column < Cells.Count ? Cells[column] : string.Empty;

    /// <summary>True when the cell holds something.</summary>
    public bool Has(int column) => !string.IsNullOrWhiteSpace(this[column]);
}
