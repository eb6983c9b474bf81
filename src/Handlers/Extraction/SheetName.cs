using System.Text;

namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>The name and slug of the sheet a table becomes.</summary>
internal static class SheetName
{
    /// <summary>The table's own; a sheet must have one.</summary>
    public static string Of(string tableName) => tableName.Trim() is { Length: > 0 } name ? name : "Sheet1";

    /// <summary>The name without punctuation, blanks and underscores as hyphens.</summary>
    public static string SlugOf(string sheetName)
    {
        var slug = new StringBuilder(sheetName.Length);
        foreach (var c in sheetName)
        {
            if (char.IsLetterOrDigit(c))
            {
                slug.Append(c);
            }
            else if ((char.IsWhiteSpace(c) || c is '_' or '-') && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().TrimEnd('-') is { Length: > 0 } text ? text : "sheet1";
    }
}
