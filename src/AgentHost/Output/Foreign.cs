using System.Globalization;
using Spectre.Console;

namespace Flatfile.Agent.Host.Output;

/// <summary>Text of others on a terminal: nothing in it may move the cursor or colour what is not its own.</summary>
internal static class Foreign
{
    /// <summary>Control characters become a dot; line ends stay where several lines are wanted.</summary>
    public static string Plain(string text, bool lines = false) => string.Create(text.Length, (text, lines), static (to, state) =>
    {
        for (var i = 0; i < to.Length; i++)
        {
            var c = state.text[i];
            to[i] = c == '\t' ? ' ' : char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format ? (c is '\n' && state.lines ? c : c is '\n' or '\r' ? ' ' : '·') : c;
        }
    });

    /// <summary>One line, cut with an ellipsis where it does not fit.</summary>
    public static Text Line(string? text, Color? color = null) => new(text is null ? "-" : Plain(text), new Style(text is null ? Color.Grey : color)) { Overflow = Overflow.Ellipsis };

    /// <summary>Several lines.</summary>
    public static Text Lines(string text, Color? color = null) => new(Plain(text.Replace("\r\n", "\n", StringComparison.Ordinal), lines: true), new Style(color));
}
