using System.Text.Json;

namespace Flatfile.Agent.Core.Offline;

/// <summary>Says where two bodies differ, place by place.</summary>
internal static class BodyDifference
{
    private const int Shown = 8;
    private const int ShownCharacters = 60;

    public static IReadOnlyList<string> Between(byte[]? before, byte[]? now)
    {
        if (before is null || now is null)
        {
            return before is null && now is null ? [] : [before is null ? "it sends a body now, and sent none" : "it sends no body now, and sent one"];
        }

        if (before.AsSpan().SequenceEqual(now))
        {
            return [];
        }

        try
        {
            using var one = JsonDocument.Parse(before);
            using var other = JsonDocument.Parse(now);
            var lines = new List<string>();
            Compare(one.RootElement, other.RootElement, string.Empty, lines);
            return lines.Count <= Shown ? lines : [.. lines.Take(Shown), $"and {lines.Count - Shown} more"];
        }
        catch (JsonException)
        {
            return [$"{before.Length} bytes were sent, now {now.Length} others"];
        }
    }

    private static void Compare(JsonElement before, JsonElement now, string place, List<string> lines)
    {
        if (before.ValueKind != now.ValueKind)
        {
            lines.Add($"{Place(place)}: {Text(before)} → {Text(now)}");
            return;
        }

        switch (before.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var name in before.EnumerateObject().Select(p => p.Name).Union(now.EnumerateObject().Select(p => p.Name), StringComparer.Ordinal))
                {
                    CompareMember(Member(before, name), Member(now, name), place.Length == 0 ? name : $"{place}.{name}", lines);
                }

                break;
            case JsonValueKind.Array:
                for (var i = 0; i < Math.Max(before.GetArrayLength(), now.GetArrayLength()); i++)
                {
                    CompareMember(Item(before, i), Item(now, i), $"{place}[{i}]", lines);
                }

                break;
            default:
                if (before.GetRawText() != now.GetRawText() && before.ToString() != now.ToString())
                {
                    lines.Add($"{Place(place)}: {Text(before)} → {Text(now)}");
                }

                break;
        }
    }

    private static void CompareMember(JsonElement? before, JsonElement? now, string place, List<string> lines)
    {
        if (before is { } one && now is { } other)
        {
            Compare(one, other, place, lines);
        }
        else
        {
            lines.Add(before is { } gone ? $"{place}: {Text(gone)} is gone" : $"{place}: {Text(now!.Value)} is new");
        }
    }

    private static JsonElement? Member(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement? Item(JsonElement of, int index) => index < of.GetArrayLength() ? of[index] : null;

    private static string Place(string place) => place.Length == 0 ? "the whole" : place;

    private static string Text(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= ShownCharacters ? text : text[..ShownCharacters] + "…";
    }
}
