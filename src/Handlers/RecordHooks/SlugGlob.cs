namespace Flatfile.Agent.Handlers.RecordHooks;

/// <summary>Matches a sheet's slug against a glob: <c>*</c> stands for any run of characters, <c>**</c> for every slug.</summary>
internal static class SlugGlob
{
    public static bool Matches(ReadOnlySpan<char> glob, ReadOnlySpan<char> slug)
    {
        var (g, s, star, mark) = (0, 0, -1, 0);
        while (s < slug.Length)
        {
            if (g < glob.Length && glob[g] == '*')
            {
                (star, mark) = (g++, s);
            }
            else if (g < glob.Length && glob[g] == slug[s])
            {
                g++;
                s++;
            }
            else if (star >= 0)
            {
                (g, s) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return glob[g..].IndexOfAnyExcept('*') < 0;
    }
}
