namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Makes one label per column of a header that may have several rows.</summary>
internal static class HeaderLabels
{
    public static string Unnamed(int position) => $"Column {position}";

    /// <summary>The texts above each other joined by a blank; a text over a group of columns counts for each of them.</summary>
    public static IReadOnlyList<string> Join(List<SampleRow> header)
    {
        if (header.Count == 1)
        {
            return header[0].Cells;
        }

        var width = header.Max(r => r.Cells.Count);
        var parts = Enumerable.Range(0, width).Select(_ => new List<string>()).ToList();
        for (var i = 0; i < header.Count; i++)
        {
            var group = string.Empty;
            for (var column = 0; column < width; column++)
            {
                var text = header[i][column].Trim();
                group = text.Length > 0 ? text : group;
                var isGrouped = text.Length == 0 && header.Skip(i + 1).Any(r => r.Has(column));
                var part = isGrouped ? group : text;
                if (part.Length > 0 && !HeaderVote.IsPlaceholder(part) && (parts[column].Count == 0 || parts[column][^1] != part))
                {
                    parts[column].Add(part);
                }
            }
        }

        return [.. parts.Select(p => string.Join(' ', p))];
    }
}
