namespace Flatfile.Spaces.Records;

/// <summary>What a column of a record table is for; the number is stored.</summary>
internal enum ColumnKind
{
    /// <summary>The values of a field.</summary>
    Value = 0,

    /// <summary>The field's values in the one form in which equal values are equal text.</summary>
    Key = 1,

    /// <summary>The same without regard to case.</summary>
    FoldedKey = 2,

    /// <summary>Several fields' keys in one text.</summary>
    CompositeKey = 3,
}
