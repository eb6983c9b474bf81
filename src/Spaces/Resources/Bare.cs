namespace Flatfile.Spaces.Resources;

/// <summary>Which answers of a resource come without <c>data</c> around them.</summary>
[Flags]
internal enum Bare
{
    None = 0,

    /// <summary>Answers that hold one: its members stand at the top, and under <c>data</c> for those who look there.</summary>
    One = 1,

    /// <summary>The list: a JSON array, on which the official client insists.</summary>
    List = 2,

    /// <summary>The word that something was deleted.</summary>
    Delete = 4,
}
