namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>One row of a sample as a dialect reads it.</summary>
/// <param name="Index">Position among the rows read.</param>
/// <param name="Width">Cells; 0 for a row whose quotes are wrong.</param>
/// <param name="Weight">Lines that a row with wrong quotes swallowed, else 1.</param>
/// <param name="Quoted">Its quoted cells.</param>
/// <param name="Faulty">A quote in it does not fit.</param>
/// <param name="BlankBeforeLast">Its last cell begins with a blank.</param>
internal readonly record struct DialectRow(int Index, int Width, int Weight, int Quoted, bool Faulty, bool BlankBeforeLast);
