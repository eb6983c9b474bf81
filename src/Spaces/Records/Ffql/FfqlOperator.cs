namespace Flatfile.Spaces.Records.Ffql;

/// <summary>How a cell is compared with a value.</summary>
internal enum FfqlOperator
{
    Eq,

    /// <summary>Exactly the rows that <see cref="Eq"/> leaves: empty cells too.</summary>
    Ne,

    Lt,
    Gt,
    Lte,
    Gte,

    /// <summary>A pattern with <c>%</c> and <c>_</c>, case counts.</summary>
    Like,

    /// <summary>The same, case does not count.</summary>
    Ilike,

    /// <summary>An element of a list; part of the text of any other cell.</summary>
    Contains,
}
