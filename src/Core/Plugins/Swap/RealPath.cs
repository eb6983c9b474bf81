namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>Where a path leads when every link on the way is followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string Of(string path)
    {
        var left = new Stack<string>();
        Push(left, Path.GetFullPath(path));
        var real = Path.GetPathRoot(Path.GetFullPath(path))!;
        var links = 0;
        while (left.TryPop(out var name))
        {
            var next = Path.GetFullPath(Path.Combine(real, name));
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"The links of {path} lead in a circle.");
            }

            Push(left, Path.GetFullPath(target, real));
            real = Path.GetPathRoot(Path.GetFullPath(target, real))!;
        }

        return real;
    }

    /// <summary>Whether a real path is a folder or lies in it.</summary>
    public static bool IsIn(string path, string folder) =>
        path == folder || path.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void Push(Stack<string> left, string path)
    {
        foreach (var name in Path.GetRelativePath(Path.GetPathRoot(path)!, path).Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            left.Push(name);
        }
    }
}
