namespace SeededFaults;

/// <summary>What goes wrong on the way to Flatfile.</summary>
internal enum LinkFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Changes do not say which run asks for them.</summary>
    NoFence,

    /// <summary>The end of a job is told twice.</summary>
    EndTwice,

    /// <summary>Rows are said to be in before they are sent.</summary>
    AnswerFirst,
}
