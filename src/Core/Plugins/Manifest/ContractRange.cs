namespace Flatfile.Agent.Core.Plugins.Manifest;

/// <summary>The versions of the contract a plugin can run with.</summary>
/// <remarks>
/// Conditions divided by blanks, all of which must hold: <c>&gt;=0.1 &lt;0.3</c>. A condition is one of <c>&gt;= &gt; &lt;= &lt; =</c> and a
/// version of one to four numbers; numbers that are left out count as zero.
/// </remarks>
internal sealed class ContractRange
{
    // The longer signs first, as each is also the beginning of a shorter one.
    private static readonly (string Sign, Func<int, bool> Holds)[] Signs =
        [(">=", c => c >= 0), ("<=", c => c <= 0), (">", c => c > 0), ("<", c => c < 0), ("=", c => c == 0)];

    private readonly List<(Func<int, bool> Holds, Version Version)> _conditions = [];

    private ContractRange(string written) => Written = written;

    public string Written { get; }

    /// <exception cref="FormatException">The text is no range; the message says what is.</exception>
    public static ContractRange Parse(string text)
    {
        var range = new ContractRange(text);
        foreach (var condition in text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (sign, holds) = Signs.FirstOrDefault(s => condition.StartsWith(s.Sign, StringComparison.Ordinal));
            if (sign is null || ParseVersion(condition[sign.Length..]) is not { } version)
            {
                throw new FormatException($"'{condition}' is no condition on a version. Write a range such as \">=0.1 <0.3\": >=, >, <=, < or = and one to four numbers, divided by blanks.");
            }

            range._conditions.Add((holds, version));
        }

        return range._conditions.Count > 0
            ? range
            : throw new FormatException("The range is empty. Write one such as \">=0.1 <0.3\", or leave it out.");
    }

    public bool Includes(Version version)
    {
        var full = new Version(version.Major, Math.Max(version.Minor, 0), Math.Max(version.Build, 0), Math.Max(version.Revision, 0));
        return _conditions.All(c => c.Holds(full.CompareTo(c.Version)));
    }

    private static Version? ParseVersion(string text)
    {
        var parts = text.Split('.');
        var numbers = new int[4];
        if (parts.Length > 4)
        {
            return null;
        }

        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        return new Version(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
