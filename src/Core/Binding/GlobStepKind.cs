namespace Flatfile.Agent.Core.Binding;

/// <summary>What a <see cref="GlobStep"/> takes from the text.</summary>
internal enum GlobStepKind
{
    /// <summary>Exactly this character.</summary>
    Character,

    /// <summary>One separator.</summary>
    Separator,

    /// <summary>One character that is no separator.</summary>
    Inside,

    /// <summary>Any number of separators.</summary>
    Separators,

    /// <summary>Any run inside a segment.</summary>
    InsideRun,

    /// <summary>Anything, separators included.</summary>
    Anything,

    /// <summary>Nothing: goes on with the next step, or at the target.</summary>
    Fork,
}
