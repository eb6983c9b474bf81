using System.Globalization;
using System.Text;

namespace Flatfile.Agent.Handlers.Export.Xlsx;

/// <summary>Names of worksheets that Excel takes: at most 31 characters, none of <c>[ ] : * ? / \</c>, no apostrophe at an end, each different from the others.</summary>
internal sealed class SheetNames
{
    private const int Longest = 31;

    // Excel keeps this name for itself.
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase) { "History" };

    /// <summary>The nearest name to a sheet's that is free.</summary>
    public string Take(string name)
    {
        var legal = Legal(name);
        for (var number = 1; ; number++)
        {
            var suffix = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({number})");
            var candidate = Cut(legal, Longest - suffix.Length).TrimEnd() + suffix;
            if (_taken.Add(candidate))
            {
                return candidate;
            }
        }
    }

    private static string Legal(string name)
    {
        var legal = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            legal.Append(c is '[' or ']' or ':' or '*' or '?' or '/' or '\\' || char.IsControl(c) ? '_' : c);
        }

        var text = Cut(legal.ToString().Trim().Trim('\''), Longest).Trim().TrimEnd('\'');
        return text.Length == 0 ? "Sheet" : text;
    }

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
