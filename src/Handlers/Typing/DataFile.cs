using System.Reflection;

namespace Flatfile.Agent.Handlers.Typing;

/// <summary>The small tables that are compiled into the handlers. They are ours: commas, no quotes but around commas, a header.</summary>
internal static class DataFile
{
    /// <summary>The lines below the header, cut at their commas.</summary>
    public static List<string[]> Lines(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var lines = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            lines.Add(Cut(line));
        }

        return lines;
    }

    private static string[] Cut(string line)
    {
        if (!line.Contains('"'))
        {
            return line.Split(',');
        }

        var (cells, start, quoted) = (new List<string>(), 0, false);
        for (var i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || (line[i] == ',' && !quoted))
            {
                cells.Add(line[start..i].Trim('"'));
                start = i + 1;
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
        }

        return [.. cells];
    }
}
