namespace Flatfile.Agent;

/// <summary>A class whose properties are the fields of a sheet. Written by the compiler for a partial class with <see cref="SheetAttribute"/>.</summary>
/// <typeparam name="TSelf">The class itself.</typeparam>
public interface ISheetRecord<TSelf>
    where TSelf : class, ISheetRecord<TSelf>
{
    /// <summary>The sheet's slug.</summary>
    static abstract string SheetSlug { get; }

    /// <summary>Reads a row. A cell that is empty, or whose content is not of the property's type, leaves the property at its default.</summary>
    static abstract TSelf Read(FlatfileRecord record);

    /// <summary>Writes the properties that differ between two readings of a row; cells whose property is the same stay as they are, also unreadable ones.</summary>
    /// <param name="before">The row as it was read.</param>
    /// <param name="after">The row as it shall be.</param>
    /// <param name="record">Where it is written.</param>
    static abstract void WriteChanges(TSelf before, TSelf after, FlatfileRecord record);
}
