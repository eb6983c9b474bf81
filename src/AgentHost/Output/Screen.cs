using Spectre.Console;

namespace Flatfile.Agent.Host.Output;

/// <summary>The two outputs. Colours and moving bars only where a person watches.</summary>
internal static class Screen
{
    private const int WidthOfAFile = 200;

    public static IAnsiConsole Out() => Create(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Error() => Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>True when bars may move.</summary>
    public static bool IsLive(IAnsiConsole console) => console.Profile.Capabilities.Interactive;

    public static TableBorder Border(IAnsiConsole console) => IsLive(console) ? TableBorder.Rounded : TableBorder.Ascii2;

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var plain = redirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = plain ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
        {
            console.Profile.Width = WidthOfAFile;
        }

        return console;
    }
}
