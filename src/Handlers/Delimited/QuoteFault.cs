namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>What is wrong with the quotes of a record.</summary>
internal enum QuoteFault
{
    None,

    /// <summary>A quote stands inside a quoted cell undoubled, but the cell closes on the same line.</summary>
    Stray,

    /// <summary>Text follows the closing quote and the cell does not close on that line.</summary>
    Broken,

    /// <summary>The text ends inside a quoted cell.</summary>
    Unclosed,
}
