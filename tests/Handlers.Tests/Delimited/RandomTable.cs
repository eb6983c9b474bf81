using System.Text;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Tests.Delimited;

/// <summary>A table, and the dialect and encoding it is written in, all drawn from one seed: a seed and a size are a case to repeat.</summary>
internal sealed class RandomTable
{
    private static readonly string[] Delimiters = [",", ";", "\t", "|", "^", "~", "||", "::", "\u0001", "\u001f", "#", "§", "|~|"];
    private static readonly string[] Encodings = ["utf-8", "utf-8-mark", "utf-16le-mark", "utf-16be-mark", "windows-1252", "windows-1251", "gb18030"];
    private static readonly string[] Words = ["north", "Zoë", "Müller & Co", "a.b", "x-y", "O'Neil", "two words", "Δ", "Ж", "漢字", "100 %", "N/A", "\"quoted\"", "back\\slash", "in, side", "semi;colon", "line\nend", "tab\tin", "pipe|d", "=1+1"];

    public RandomTable(int seed, int size, int minRows = 1)
    {
        var random = new Random(seed);
        Delimiter = Delimiters[random.Next(Delimiters.Length)];
        Quote = random.Next(4) == 0 ? '\'' : '"';
        Escapes = random.Next(4) == 0 && !Delimiter.Contains('\\');
        Newline = (string[])["\n", "\r\n", "\r"] is var ends ? ends[random.Next(3)] : "";
        EncodingName = Encodings[random.Next(Encodings.Length)];
        var width = random.Next(2, 3 + Math.Min(size, 6));
        Labels = [.. Enumerable.Range(0, width).Select(i => $"col {(char)('a' + i)}{random.Next(10)}")];
        Rows = [.. Enumerable.Range(0, random.Next(minRows, 2 + size)).Select(r => Enumerable.Range(0, width).Select(c => c == 0 ? $"{r + 1}" : Cell(random)).ToArray())];
    }

    public string Delimiter { get; }

    public char Quote { get; private set; }

    public bool Escapes { get; private set; }

    public string Newline { get; }

    public string EncodingName { get; }

    public IReadOnlyList<string> Labels { get; }

    public IReadOnlyList<string[]> Rows { get; private set; }

    public ReadOptions Options => new()
    {
        Encoding = EncodingName.Replace("-mark", "", StringComparison.Ordinal), Delimiter = Delimiter, Quote = Quote.ToString(), Escape = Escapes ? "\\" : "", HeaderRow = 1,
    };

    /// <summary>A table that a person sees at once how to read: several rows, no cells that look quoted, quotes doubled.</summary>
    public static RandomTable Clear(int seed, int size)
    {
        var table = new RandomTable(seed, size + 6, minRows: 5) { Escapes = false, Quote = '"' };
        table.Rows = [.. table.Rows.Select((r, i) => r.Select(c => c.Length > 0 && c is not ("N/A" or "\"quoted\"" or "=1+1") && !c.Contains('\'') ? c : "word").ToArray())];
        return table;
    }

    public byte[] ToBytes()
    {
        var text = string.Concat(Rows.Prepend([.. Labels]).Select(r => string.Join(Delimiter, r.Select(Written)) + Newline));
        var encoding = EncodingOf(EncodingName);
        return EncodingName.EndsWith("-mark", StringComparison.Ordinal) ? [.. encoding.GetPreamble(), .. encoding.GetBytes(text)] : encoding.GetBytes(text);
    }

    /// <summary>The rows as they come back: what the encoding cannot write is a question mark.</summary>
    public IEnumerable<string[]> Expected() =>
        Rows.Select(r => r.Select(c => EncodingOf(EncodingName) is var e ? e.GetString(e.GetBytes(c)) : c).ToArray());

    public override string ToString() => $"delimiter '{Delimiter}', quote {Quote}, escapes {Escapes}, {EncodingName}, {Newline.Length} line end, {Labels.Count} x {Rows.Count}";

    private static Encoding EncodingOf(string name) =>
        CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name.Replace("-mark", "", StringComparison.Ordinal));

    private static string Cell(Random random) => random.Next(5) switch
    {
        0 => $"{random.Next(1000)}.{random.Next(100)}",
        1 => $"2026-0{random.Next(1, 9)}-1{random.Next(10)}",
        2 => "",
        _ => string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ => Words[random.Next(Words.Length)])),
    };

    private string Written(string cell)
    {
        var text = Escapes ? cell.Replace("\\", "\\\\", StringComparison.Ordinal) : cell;
        var needed = cell.Contains(Quote) || cell.Contains('\n') || cell.Contains('\r') || Delimiter.Any(cell.Contains);
        return needed ? Quote + text.Replace($"{Quote}", Escapes ? $"\\{Quote}" : $"{Quote}{Quote}", StringComparison.Ordinal) + Quote : text;
    }
}
