namespace Flatfile.Spaces.Records;

/// <summary>What a cell suffers from, one letter each; a row keeps its cells' flags as <c>,3r,17l:0.2,</c> (column, letter, argument).</summary>
internal static class CellFlag
{
    public const char None = '\0';

    /// <summary>Required and empty.</summary>
    public const char Required = 'r';

    /// <summary>Not a value of the field's type.</summary>
    public const char InvalidValue = 'v';

    /// <summary>Not one of the options.</summary>
    public const char InvalidOption = 'o';

    /// <summary>The same value stands in another row.</summary>
    public const char Unique = 'u';

    /// <summary>The same combination stands in another row; followed by the constraint's place in the sheet.</summary>
    public const char Composite = 'k';

    /// <summary>No row is referred to; for lists followed by the places of the elements.</summary>
    public const char Unlinked = 'l';

    /// <summary>Messages somebody wrote: with an error, a warning, an information.</summary>
    public const char CustomError = 'x';

    public const char CustomWarning = 'w';

    public const char CustomInfo = 'i';

    /// <summary>Whether the flag comes from looking at other rows.</summary>
    public static bool IsCrossRow(char letter) => letter is Unique or Composite or Unlinked;

    public static bool IsCustom(char letter) => letter is CustomError or CustomWarning or CustomInfo;
}
