using System.Buffers;
using System.Globalization;

namespace Flatfile.Agent.Handlers.Export;

/// <summary>Makes texts harmless that a spreadsheet would run as a formula when it opens a file of delimited text, and gives them back.</summary>
/// <remarks>
/// A text that may be run gets an apostrophe in front, and so does a text that begins with one already. Taking one apostrophe away from every text
/// that begins with it therefore gives all texts back, whatever they were.
/// </remarks>
internal static class FormulaGuard
{
    private const char Mark = '\'';

    // The wide forms are the same signs to spreadsheets of East Asia. A percent sign begins a line end that was written for an address.
    private static readonly SearchValues<char> Signs = SearchValues.Create("=+-@|%＝＋－＠｜％");

    private static readonly SearchValues<char> Passed = SearchValues.Create("\"';,:");

    /// <summary>True when the text must get its apostrophe.</summary>
    public static bool Needs(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return false;
        }

        // A tab or line end in front is itself a way to make a cell begin elsewhere.
        if (text[0] is Mark or '\t' or '\r' or '\n')
        {
            return true;
        }

        foreach (var c in text)
        {
            if (Signs.Contains(c))
            {
                return true;
            }

            if (!IsPassedOver(c))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>The text as it was before it was made harmless.</summary>
    public static ReadOnlySpan<char> Undo(ReadOnlySpan<char> text) => text.Length > 0 && text[0] == Mark ? text[1..] : text;

    /// <summary>What spreadsheets skip, or take for the end of a cell, before they look at the first sign.</summary>
    private static bool IsPassedOver(char c) =>
        char.IsWhiteSpace(c) || char.IsControl(c) || Passed.Contains(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
