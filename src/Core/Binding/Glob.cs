namespace Flatfile.Agent.Core.Binding;

/// <summary>A glob over segments, compiled once; matching costs text length times glob length at most, never more.</summary>
/// <remarks>
/// Follows the official listener's glob library to the letter, oddities included: a separator in the text may be repeated, trailing
/// ones are tolerated, <c>**</c> counts only as a whole segment, and <c>!</c>, <c>{}</c>, <c>[]</c> are ordinary characters.
/// </remarks>
internal sealed class Glob
{
    /// <summary>The longest glob with wildcards; a text without any may be longer.</summary>
    public const int Longest = 200;

    private readonly GlobStep[] _steps;
    private readonly char _separator;
    private readonly bool _everything;

    private Glob(string pattern, char separator, GlobStep[] steps)
    {
        Pattern = pattern;
        _separator = separator;
        _steps = steps;
        IsLiteral = pattern.Length > 0 && pattern.AsSpan().IndexOfAny('*', '?', '\\') < 0 && IsTidy(pattern, separator);
        _everything = pattern == "**";
    }

    /// <summary>The glob as written.</summary>
    public string Pattern { get; }

    /// <summary>True when only one text matches, apart from repeated and trailing separators.</summary>
    public bool IsLiteral { get; }

    /// <summary>Compiles a glob.</summary>
    /// <exception cref="FormatException">It has wildcards and is too long.</exception>
    public static Glob Compile(string pattern, char separator)
    {
        if (pattern.Length > Longest && pattern.AsSpan().IndexOfAny('*', '?') >= 0)
        {
            throw new FormatException(
                $"The glob '{pattern[..40]}…' has {pattern.Length} characters; with wildcards at most {Longest} are allowed.");
        }

        return new Glob(pattern, separator, GlobCompiler.Compile(pattern, separator));
    }

    /// <summary>Whether the whole text matches.</summary>
    public bool Matches(ReadOnlySpan<char> text)
    {
        if (_everything)
        {
            return true;
        }

        return IsLiteral ? MatchesLiteral(text) : Run(text);
    }

    /// <summary>The text with repeated separators reduced to one and trailing ones removed: what a literal is compared with.</summary>
    public static string Tidy(string text, char separator)
    {
        if (IsTidy(text, separator))
        {
            return text;
        }

        var kept = new System.Text.StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c != separator || kept.Length == 0 || kept[^1] != separator)
            {
                kept.Append(c);
            }
        }

        return kept.ToString().TrimEnd(separator);
    }

    private static bool IsTidy(ReadOnlySpan<char> text, char separator)
    {
        for (var i = 0; i < text.Length; i++)
        {
            // A leading separator stands for an empty first segment, which is kept; for a literal it only means the slow path.
            if (text[i] == separator && (i == 0 || i + 1 == text.Length || text[i + 1] == separator))
            {
                return false;
            }
        }

        return true;
    }

    private bool MatchesLiteral(ReadOnlySpan<char> text)
    {
        if (text.Length <= Pattern.Length)
        {
            return text.SequenceEqual(Pattern);
        }

        var at = 0;
        foreach (var c in Pattern)
        {
            if (at == text.Length || text[at] != c)
            {
                return false;
            }

            at++;
            while (c == _separator && at < text.Length && text[at] == _separator)
            {
                at++;
            }
        }

        return text[at..].IndexOfAnyExcept(_separator) < 0;
    }

    private bool Run(ReadOnlySpan<char> text)
    {
        var end = _steps.Length;
        var size = end + 1;
        Span<int> memory = size <= 256 ? stackalloc int[3 * size] : new int[3 * size];
        memory.Clear();
        var active = memory[..size];
        var next = memory.Slice(size, size);
        var seen = memory.Slice(2 * size, size);
        var count = 0;
        Enter(0, 1, active, ref count, seen);
        for (var i = 0; i < text.Length; i++)
        {
            var nextCount = 0;
            for (var a = 0; a < count; a++)
            {
                var to = Take(active[a], text[i]);
                if (to >= 0)
                {
                    Enter(to, i + 2, next, ref nextCount, seen);
                }
            }

            if (nextCount == 0)
            {
                return false;
            }

            var swap = active;
            active = next;
            next = swap;
            count = nextCount;
        }

        return active[..count].Contains(end);
    }

    private int Take(int at, char c)
    {
        if (at == _steps.Length)
        {
            return -1;
        }

        var step = _steps[at];
        return step.Kind switch
        {
            GlobStepKind.Character => c == step.Character ? at + 1 : -1,
            GlobStepKind.Separator => c == _separator ? at + 1 : -1,
            GlobStepKind.Inside => c != _separator ? at + 1 : -1,
            GlobStepKind.Separators => c == _separator ? at : -1,
            GlobStepKind.InsideRun => c != _separator ? at : -1,
            GlobStepKind.Anything => at,
            _ => -1,
        };
    }

    // Every way on without a character leads forward, so the recursion is as deep as the glob is long at most.
    private void Enter(int at, int round, Span<int> states, ref int count, Span<int> seen)
    {
        while (seen[at] != round)
        {
            seen[at] = round;
            states[count++] = at;
            if (at == _steps.Length)
            {
                return;
            }

            var step = _steps[at];
            if (step.Kind == GlobStepKind.Fork)
            {
                Enter(step.Target, round, states, ref count, seen);
            }
            else if (step.Kind is not (GlobStepKind.Separators or GlobStepKind.InsideRun or GlobStepKind.Anything))
            {
                return;
            }

            at++;
        }
    }
}
