namespace Flatfile.Agent.Handlers.Typing;

/// <summary>Digits 0 to 9 in short texts. Plain loops: the framework's searches for a range allocate at each call on some processors.</summary>
internal static class AsciiDigits
{
    public static bool HasAny(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Nothing but digits; an empty text has nothing else.</summary>
    public static bool Are(ReadOnlySpan<char> text) => CountAtStart(text) == text.Length;

    public static int CountAtStart(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
        {
            count++;
        }

        return count;
    }

    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return count;
    }
}
