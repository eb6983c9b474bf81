namespace Flatfile.Spaces.Records.Ffql;

/// <summary>What a piece of a query is.</summary>
internal enum FfqlTokenKind
{
    Word,

    /// <summary>In quotes: never an operator or a connective.</summary>
    Quoted,

    Open,
    Close,
    End,
}
