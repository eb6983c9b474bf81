using Spectre.Console;

namespace Flatfile.Agent.Host.Output;

/// <summary>One line of output in parts, each with its style. Where nobody watches it stays one line, however long it is.</summary>
internal sealed class Line
{
    private readonly List<(string Text, Style Style)> _parts = [];

    public static Style Plain => Style.Plain;

    public static Style Faint { get; } = new(Color.Grey);

    public static Style Strong { get; } = new(decoration: Decoration.Bold);

    public static Style Good { get; } = new(Color.Green);

    public static Style Warn { get; } = new(Color.Yellow);

    public static Style Bad { get; } = new(Color.Red);

    public static Style Name { get; } = new(Color.Aqua);

    public Line Add(string text, Style? style = null)
    {
        _parts.Add((Harmless(text), style ?? Plain));
        return this;
    }

    public void WriteTo(IAnsiConsole screen)
    {
        if (!Screen.IsLive(screen))
        {
            screen.Profile.Out.Writer.WriteLine(string.Concat(_parts.Select(p => p.Text)).TrimEnd());
            return;
        }

        var paragraph = new Paragraph();
        foreach (var (text, style) in _parts)
        {
            paragraph.Append(text, style);
        }

        screen.Write(paragraph);
        screen.WriteLine();
    }

    /// <summary>Text of strangers must not steer the terminal.</summary>
    public static string Harmless(string text) => text.Any(IsSteering) ? string.Concat(text.Select(c => IsSteering(c) ? '·' : c)) : text;

    private static bool IsSteering(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}
