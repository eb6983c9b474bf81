namespace Flatfile.Agent.Core.Binding;

/// <summary>Turns a glob into steps, segment by segment, as the official listener's glob library turns it into an expression.</summary>
internal static class GlobCompiler
{
    public static GlobStep[] Compile(string pattern, char separator)
    {
        var steps = new List<GlobStep>(pattern.Length + 4);
        var segments = pattern.Split(separator);
        for (var s = 0; s < segments.Length; s++)
        {
            var segment = segments[s];
            var isLast = s == segments.Length - 1;

            // Before a '**' no separator is asked for: the '**' brings its own.
            var asksForSeparator = !isLast && segments[s + 1] != "**";
            if (segment.Length == 0 && s > 0)
            {
                continue;
            }

            if (segment == "**")
            {
                AddAnySegments(steps, isFirst: s == 0, isLast, asksForSeparator);
                continue;
            }

            AddSegment(steps, segment);
            if (isLast)
            {
                steps.Add(new GlobStep(GlobStepKind.Separators));
            }
            else if (asksForSeparator)
            {
                AddSeparators(steps);
            }
        }

        return [.. steps];
    }

    private static void AddAnySegments(List<GlobStep> steps, bool isFirst, bool isLast, bool asksForSeparator)
    {
        if (isLast)
        {
            if (!isFirst)
            {
                // Either the text ends here, or a separator and then anything.
                steps.Add(new GlobStep(GlobStepKind.Fork, Target: steps.Count + 3));
                steps.Add(new GlobStep(GlobStepKind.Separator));
            }

            steps.Add(new GlobStep(GlobStepKind.Anything));
        }
        else if (asksForSeparator)
        {
            if (!isFirst)
            {
                AddSeparators(steps);
            }

            // Nothing at all, or anything that ends with a separator.
            steps.Add(new GlobStep(GlobStepKind.Fork, Target: steps.Count + 3));
            steps.Add(new GlobStep(GlobStepKind.Anything));
            steps.Add(new GlobStep(GlobStepKind.Separator));
        }
    }

    private static void AddSegment(List<GlobStep> steps, string segment)
    {
        for (var i = 0; i < segment.Length; i++)
        {
            var c = segment[i];
            if (c == '\\')
            {
                if (++i < segment.Length)
                {
                    steps.Add(new GlobStep(GlobStepKind.Character, segment[i]));
                }

                continue;
            }

            steps.Add(c switch
            {
                '?' => new GlobStep(GlobStepKind.Inside),
                '*' => new GlobStep(GlobStepKind.InsideRun),
                _ => new GlobStep(GlobStepKind.Character, c),
            });
        }
    }

    private static void AddSeparators(List<GlobStep> steps)
    {
        steps.Add(new GlobStep(GlobStepKind.Separator));
        steps.Add(new GlobStep(GlobStepKind.Separators));
    }
}
