using System.Buffers;
using System.Text;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Finds the encoding from the first bytes: byte order mark, else NUL pattern of UTF-16, else UTF-8 when it reads as such, else the code page whose letters make words.</summary>
internal static class EncodingSniffer
{
    private static readonly (byte[] Mark, Encoding Encoding, string Name)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], Encoding.UTF8, "UTF-8"),
        ([0xFF, 0xFE, 0, 0], Encoding.UTF32, "UTF-32LE"),
        ([0xFF, 0xFE], Encoding.Unicode, "UTF-16LE"),
        ([0xFE, 0xFF], Encoding.BigEndianUnicode, "UTF-16BE"),
    ];

    /// <param name="sample">The first bytes; may cut a character at its end.</param>
    /// <param name="whole">The sample is the whole file.</param>
    /// <param name="fallback">Marks what cannot be decoded.</param>
    /// <param name="told">The encoding by name, when a person knows it.</param>
    /// <exception cref="UnreadableFileException">The content is binary, or there is no encoding of that name.</exception>
    public static SniffedEncoding Sniff(ReadOnlySpan<byte> sample, bool whole, MarkingFallback fallback, string? told)
    {
        if (BinaryContent.Recognise(sample) is var (looksLike, cure))
        {
            throw new UnreadableFileException($"This file is not text: it looks like {looksLike}. {cure}");
        }

        if (told is not null)
        {
            var encoding = NamedEncoding.Asked(told);
            var mark = Array.Find(Marks, m => m.Encoding.CodePage == encoding.CodePage).Mark;
            return new SniffedEncoding(CodePage.Strict(encoding, fallback), CodePage.NameOf(encoding), mark is not null && sample.StartsWith(mark) ? mark.Length : 0, true, 1, "The reading options say so.");
        }

        foreach (var (mark, encoding, name) in Marks)
        {
            if (sample.StartsWith(mark))
            {
                return new SniffedEncoding(CodePage.Strict(encoding, fallback), name, mark.Length, true, 1, "The file begins with its byte order mark.");
            }
        }

        return sample.Contains((byte)0) ? WithNuls(sample, whole, fallback) : WithoutNuls(sample, whole, fallback);
    }

    /// <summary>UTF-8 when the bytes read as such, else a code page. Undecided while there is nothing but ASCII.</summary>
    public static SniffedEncoding WithoutNuls(ReadOnlySpan<byte> sample, bool whole, MarkingFallback fallback)
    {
        var utf8 = CodePage.Strict(Encoding.UTF8, fallback);
        if (sample.IndexOfAnyExceptInRange((byte)0, (byte)0x7F) < 0)
        {
            return new SniffedEncoding(utf8, "UTF-8", 0, false, 1, "It holds nothing but ASCII, which is the same in all usual encodings.");
        }

        var (characters, faults) = CountBeyondAscii(sample, whole);

        // Text in a code page hardly ever spells valid UTF-8 by chance, while a UTF-8 file may well hold a few broken
        // bytes: those rows are refused one by one instead of turning every other character into something else.
        if (faults == 0 || characters > 4 * faults)
        {
            return new SniffedEncoding(
                utf8, "UTF-8", 0, true, faults == 0 ? 0.99 : Math.Round((double)characters / (characters + faults), 2),
                faults == 0 ? $"Its first {characters} characters beyond ASCII are all valid UTF-8." : $"Its first part holds {characters} valid UTF-8 characters beyond ASCII and {faults} bytes that are not.");
        }

        var page = CodePageSniffer.Sniff(sample);
        return new SniffedEncoding(CodePage.Strict(page.Encoding, fallback), page.Name, 0, true, page.Confidence, page.Evidence);
    }

    private static (int Characters, int Faults) CountBeyondAscii(ReadOnlySpan<byte> sample, bool whole)
    {
        var (characters, faults) = (0, 0);
        while (true)
        {
            var next = sample.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (next < 0)
            {
                return (characters, faults);
            }

            sample = sample[next..];
            var status = Rune.DecodeFromUtf8(sample, out _, out var length);
            if (status == OperationStatus.Done)
            {
                characters++;
            }
            else if (status == OperationStatus.InvalidData || whole)
            {
                faults++;
            }

            sample = sample[length..];
        }
    }

    /// <summary>UTF-16 without a mark has its NULs on one side only, because commas, digits and line ends are ASCII.</summary>
    private static SniffedEncoding WithNuls(ReadOnlySpan<byte> sample, bool whole, MarkingFallback fallback)
    {
        var (even, odd, controls) = (0, 0, 0);
        for (var i = 0; i < sample.Length; i++)
        {
            if (sample[i] == 0)
            {
                _ = (i & 1) == 0 ? even++ : odd++;
            }
            else if (sample[i] < ' ' && sample[i] is not ((byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                controls++;
            }
        }

        const string evidence = "Every second byte of its ASCII characters is zero.";
        var enough = Math.Max(3, sample.Length / 50);
        if (odd >= enough && odd > 10 * even && ReadsAsText(sample, Encoding.Unicode))
        {
            return new SniffedEncoding(CodePage.Strict(Encoding.Unicode, fallback), "UTF-16LE", 0, true, 0.95, evidence);
        }

        if (even >= enough && even > 10 * odd && ReadsAsText(sample, Encoding.BigEndianUnicode))
        {
            return new SniffedEncoding(CodePage.Strict(Encoding.BigEndianUnicode, fallback), "UTF-16BE", 0, true, 0.95, evidence);
        }

        // A damaged text holds a few zeros: its rows are refused one by one.
        return (even + odd) * 20 < sample.Length && controls * 200 < sample.Length
            ? WithoutNuls(sample, whole, fallback) with { Decided = true }
            : throw new UnreadableFileException(
                "This file is not text: it holds NUL bytes. If it is a spreadsheet, a database or an archive, export the data as CSV (UTF-8) and upload that file.");
    }

    private static bool ReadsAsText(ReadOnlySpan<byte> sample, Encoding encoding)
    {
        var characters = new char[encoding.GetMaxCharCount(sample.Length)];
        var count = encoding.GetChars(sample[..(sample.Length & ~1)], characters);
        var separators = 0;
        for (var i = 0; i < count; i++)
        {
            var c = characters[i];
            if ((c == '\uFFFD' && i < count - 1) || (c < ' ' && c is not ('\t' or '\r' or '\n')))
            {
                return false;
            }

            separators += c is '\n' or '\r' or ',' or ';' or '\t' or '|' or ' ' ? 1 : 0;
        }

        return separators > 0 || count < 64;
    }
}
