using System.Globalization;

namespace Flatfile.Agent.Host.Handles;

/// <summary>How many files and connections this process may hold at once, as the system says.</summary>
/// <remarks>Looked at before anything else: a runtime that runs out of handles ends its process in the middle of the work, without a word that helps.</remarks>
internal static class HandleLimit
{
    /// <summary>With fewer the program does not begin: its own files alone take half of them.</summary>
    public const int Needed = 512;

    /// <summary>With fewer it serves, and not many.</summary>
    public const int Plenty = 4096;

    /// <summary>What a person does about it.</summary>
    public const string Cure = "Raise the limit: 'ulimit -n 4096' in the shell, LimitNOFILE=4096 in a systemd unit, --ulimit nofile=4096 for a container.";

    private const string Limits = "/proc/self/limits";
    private const string Line = "Max open files";

    /// <summary>Null where the system does not tell, or has no limit.</summary>
    public static long? Read()
    {
        try
        {
            return File.Exists(Limits) ? Parse(File.ReadLines(Limits)) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The first of the two figures: the runtime has raised it to the second when this program begins.</summary>
    internal static long? Parse(IEnumerable<string> lines)
    {
        var line = lines.FirstOrDefault(l => l.StartsWith(Line, StringComparison.Ordinal));
        return long.TryParse(line?[Line.Length..].TrimStart().Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var handles) ? handles : null;
    }

    /// <summary>Whether this process may begin; says why not.</summary>
    public static bool IsEnough(long? handles, TextWriter error)
    {
        if (handles is not { } few || few >= Needed)
        {
            return true;
        }

        error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"error: This process may hold {few} files and connections at once; it needs {Needed}."));
        error.WriteLine("       A process that runs out of them is ended by the runtime in the middle of its work, so nothing was begun.");
        error.WriteLine("       " + Cure);
        return false;
    }
}
