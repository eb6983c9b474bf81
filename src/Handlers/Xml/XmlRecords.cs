using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Xml;

/// <summary>Finds the elements that are records: the outermost that repeat and have parts, or those a person names.</summary>
internal static class XmlRecords
{
    private const int Told = 20;

    /// <returns>The shapes of the records, one table each, and what was decided.</returns>
    /// <exception cref="UnreadableFileException">There are none where the options say.</exception>
    public static (IReadOnlyList<XmlShape> Tables, IReadOnlyList<ReadDecision> Decisions) Find(XmlSurvey survey, ReadOptions options)
    {
        if (options.RecordPath is { } path)
        {
            var asked = AtPath(survey.Root, path.Trim()).ToList();
            return asked.Count > 0
                ? (asked, [new ReadDecision("recordPath", path, 1, "The reading option 'recordPath' says so.")])
                : throw new UnreadableFileException($"The reading option 'recordPath' is '{path}', where this file has no elements. Give names from the outside in, such as '{Example(survey.Root)}'.");
        }

        var found = new List<XmlShape>();
        Collect(survey.Root, found);
        if (found.Count > TableLimits.Tables)
        {
            throw TableLimits.TooManyTables("Give the reading option 'recordPath' for the elements you mean, such as '//order'.");
        }

        if (found.Count == 0)
        {
            return survey.Fault is null ? ([Single(survey.Root)], [Decide(Single(survey.Root))]) : throw survey.Fault;
        }

        List<ReadDecision> decisions = [new("recordPath", string.Join(", ", found.Select(f => f.Path)), found.All(f => f.IsRepeated) ? 0.9 : 0.7, "These are the outermost elements that repeat and have parts.")];
        if (Left(survey.Root, found).Take(Told).ToList() is { Count: > 0 } left)
        {
            var names = string.Join(", ", left);
            decisions.Add(new ReadDecision("leftOut", names, 0.9, $"Elements and attributes beside the records were left out: {names}. Give the reading option 'recordPath' to read something else.") { IsNotable = true });
        }

        return (found, decisions);
    }

    private static void Collect(XmlShape shape, List<XmlShape> found)
    {
        foreach (var child in shape.Children)
        {
            if (child.IsStructured && (child.IsRepeated || (shape.Children.Count == 1 && IsPlural(shape.Name, child.Name))))
            {
                found.Add(child);
            }
            else if (child.HasElements && !child.IsMixed)
            {
                Collect(child, found);
            }
        }
    }

    /// <summary>A list of one: its name is the plural of its only element's.</summary>
    private static bool IsPlural(string list, string element)
    {
        var stem = element.EndsWith('y') ? element[..^1] : element;
        return string.Equals(list, element + "s", StringComparison.OrdinalIgnoreCase)
            || string.Equals(list, stem + "ies", StringComparison.OrdinalIgnoreCase)
            || string.Equals(list, element + "es", StringComparison.OrdinalIgnoreCase)
            || string.Equals(list, "ArrayOf" + element, StringComparison.OrdinalIgnoreCase)
            || list.Replace("_", "", StringComparison.Ordinal).Equals(element + "List", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Where nothing with parts repeats: a list of bare values, else the one record, inside whatever merely wraps it.</summary>
    private static XmlShape Single(XmlShape root)
    {
        var shape = root;
        while (shape.Children is [var only] && shape.Attributes.Count == 0 && !shape.IsMixed)
        {
            if (only.IsRepeated || only.IsStructured)
            {
                shape = only;
                if (only.IsRepeated)
                {
                    break;
                }
            }
            else
            {
                break;
            }
        }

        return shape;
    }

    private static ReadDecision Decide(XmlShape shape) => shape.IsRepeated
        ? new("recordPath", shape.Path, 0.8, "This is the only element that repeats.")
        : new("recordPath", shape.Path, 0.6, "No element with parts repeats, so that this one is the only record.");

    private static IEnumerable<string> Left(XmlShape shape, List<XmlShape> tables)
    {
        foreach (var attribute in shape.Attributes)
        {
            yield return $"{shape.Path}#{attribute.Label}";
        }

        foreach (var child in shape.Children.Where(c => !tables.Contains(c)))
        {
            if (!tables.Exists(t => IsInside(t, child)))
            {
                yield return child.Path;
                continue;
            }

            foreach (var inner in Left(child, tables))
            {
                yield return inner;
            }
        }
    }

    private static bool IsInside(XmlShape? shape, XmlShape outer)
    {
        while (shape is not null && shape != outer)
        {
            shape = shape.Parent;
        }

        return shape is not null;
    }

    private static IEnumerable<XmlShape> AtPath(XmlShape root, string path)
    {
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            return All(root).Where(s => Matches(s, path[2..].Split('/')) is not null);
        }

        var names = path.Trim('/').Split('/');
        return All(root).Where(s => Matches(s, names) is { } above && (above.IsRoot || (!path.StartsWith('/') && names.Length == 1)));
    }

    /// <summary>What stands above the way, when the shape is at its end; null when it is not.</summary>
    private static Above? Matches(XmlShape shape, string[] names)
    {
        XmlShape? at = shape;
        for (var i = names.Length - 1; i >= 0; i--, at = at.Parent)
        {
            var name = names[i][(names[i].IndexOf(':') + 1)..];
            if (at is null || (name != "*" && name != at.Name))
            {
                return null;
            }
        }

        return new Above(at is null);
    }

    private static IEnumerable<XmlShape> All(XmlShape shape) => shape.Children.SelectMany(All).Prepend(shape);

    private static string Example(XmlShape root) => All(root).FirstOrDefault(s => s.IsRepeated)?.Path ?? root.Path;

    private sealed record Above(bool IsRoot);
}
