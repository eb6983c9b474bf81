using System.Text;

namespace Flatfile.Agent.Handlers.Reading;

/// <summary>Makes field keys from header texts: lower snake case, <c>%</c> and <c>$</c> spelled out, at most 225 characters, all different.</summary>
internal static class FieldKeys
{
    private const int MaxLength = 225;

    /// <summary>One key per label, in order. A key that is taken gets <c>_1</c>, <c>_2</c>, …</summary>
    public static IReadOnlyList<string> From(IReadOnlyList<string> labels)
    {
        var plain = labels.Select((label, i) => One(label) is { Length: > 0 } key ? key : $"column_{i + 1}").ToList();
        var taken = new HashSet<string>(plain, StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        return [.. plain.Select(key => used.Add(key) ? key : Next(key, taken))];
    }

    private static string Next(string key, HashSet<string> taken)
    {
        for (var number = 1; ; number++)
        {
            var suffix = $"_{number}";
            var candidate = (key.Length + suffix.Length > MaxLength ? key[..(MaxLength - suffix.Length)] : key) + suffix;
            if (taken.Add(candidate))
            {
                return candidate;
            }
        }
    }

    private static string One(string label)
    {
        var text = label.Normalize(NormalizationForm.FormC).Replace("%", " percent ", StringComparison.Ordinal).Replace("$", " dollar ", StringComparison.Ordinal);
        var key = new StringBuilder(text.Length);
        var previous = '\0';
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c) && !char.IsSurrogate(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark)
            {
                previous = '\0';
                Separate(key);
                continue;
            }

            if (char.IsUpper(c) && (char.IsLower(previous) || char.IsDigit(previous)))
            {
                Separate(key);
            }

            key.Append(char.ToLowerInvariant(c));
            previous = c;
        }

        var length = Math.Min(key.Length, MaxLength);
        if (length > 0 && char.IsHighSurrogate(key[length - 1]))
        {
            length--;
        }

        return key.ToString(0, length).Trim('_');
    }

    private static void Separate(StringBuilder key)
    {
        if (key.Length > 0 && key[^1] != '_')
        {
            key.Append('_');
        }
    }
}
