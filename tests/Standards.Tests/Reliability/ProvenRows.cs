using System.Text.RegularExpressions;

namespace Standards.Tests.Reliability;

/// <summary>Which tests say that they prove a row of the fault matrix: read from the trait that stands above them.</summary>
internal static partial class ProvenRows
{
    /// <summary>The names of the proving tests, <c>Class.Method</c>, by row.</summary>
    public static ILookup<string, string> Of(IEnumerable<SourceFile> files) =>
        (from file in files
         from proof in Of(file)
         select proof).ToLookup(p => p.Row, p => p.Test);

    private static IEnumerable<(string Row, string Test)> Of(SourceFile file)
    {
        var type = "";
        var onType = new List<string>();
        var open = new List<string>();
        foreach (var line in file.Text.Split('\n'))
        {
            open.AddRange(Trait().Matches(line).Select(m => m.Groups["row"].Value));
            if (TypeName().Match(line) is { Success: true } named)
            {
                type = named.Groups["name"].Value;
                (onType, open) = (open, []);
            }
            else if (Method().Match(line) is { Success: true } method)
            {
                foreach (var row in open.Concat(onType))
                {
                    yield return (row, $"{type}.{method.Groups["name"].Value}");
                }

                open = [];
            }
        }
    }

    [GeneratedRegex("""Trait\("Row", "(?<row>[A-Z]-\d\d)"\)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Trait();

    [GeneratedRegex("""^\s*(public|internal)[a-z ]* class (?<name>\w+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex TypeName();

    [GeneratedRegex("""^\s*public (async )?(override )?(virtual )?(Task|void) (?<name>\w+)\(""", RegexOptions.ExplicitCapture)]
    private static partial Regex Method();
}
