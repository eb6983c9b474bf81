namespace Standards.Tests.Reliability;

/// <summary><c>docs/reliability.md</c>: a row, what goes wrong, what must be seen, the tests that prove it, and the state.</summary>
internal static class ReliabilityPage
{
    private const string Open = "open";

    /// <summary>One sentence for each row of the page that does not say what the tests say.</summary>
    public static IEnumerable<string> Violations(string page, ILookup<string, string> proven, IReadOnlyList<string> wanted)
    {
        var rows = page.Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Select(l => l.Split('|', StringSplitOptions.TrimEntries)[1..^1])
            .Where(cells => cells.Length == 5 && wanted.Contains(cells[0])).ToDictionary(cells => cells[0]);
        foreach (var id in wanted)
        {
            if (!rows.TryGetValue(id, out var cells))
            {
                yield return $"{id} is missing in the page.";
                continue;
            }

            var named = cells[3].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(n => n.Trim('`')).Order(StringComparer.Ordinal).ToList();
            var tests = proven[id].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            if (!named.SequenceEqual(tests))
            {
                yield return $"{id} names {(named.Count == 0 ? "no test" : string.Join(", ", named))}; the tests with its trait are {(tests.Count == 0 ? "none" : string.Join(", ", tests))}.";
            }

            var isOpen = cells[4].StartsWith(Open, StringComparison.Ordinal);
            if (isOpen != (tests.Count == 0))
            {
                yield return $"{id} is '{cells[4]}' with {tests.Count} tests: 'tested' needs one, 'open: reason' none.";
            }
        }
    }
}
