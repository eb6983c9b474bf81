using System.Buffers;
using System.Text;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Finds the encoding from the first bytes: byte order mark, else NUL pattern of UTF-16, else UTF-8 when it reads as such, else Windows-1252.</summary>
internal static class EncodingSniffer
{
    /// <param name="sample">The first bytes; may cut a character at its end.</param>
    /// <param name="whole">The sample is the whole file.</param>
    /// <param name="fallback">Marks what cannot be decoded.</param>
    /// <exception cref="UnreadableFileException">The content is binary.</exception>
    public static SniffedEncoding Sniff(ReadOnlySpan<byte> sample, bool whole, MarkingFallback fallback)
    {
        if (BinaryContent.Recognise(sample) is var (looksLike, cure))
        {
            throw new UnreadableFileException($"This file is not text: it looks like {looksLike}. {cure}");
        }

        if (sample.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return new SniffedEncoding(Strict(Encoding.UTF8, fallback), "UTF-8", 3, Decided: true);
        }

        if (sample.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]))
        {
            return new SniffedEncoding(Strict(Encoding.UTF32, fallback), "UTF-32LE", 4, Decided: true);
        }

        if (sample.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return new SniffedEncoding(Strict(Encoding.Unicode, fallback), "UTF-16LE", 2, Decided: true);
        }

        if (sample.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return new SniffedEncoding(Strict(Encoding.BigEndianUnicode, fallback), "UTF-16BE", 2, Decided: true);
        }

        return sample.Contains((byte)0) ? WithNuls(sample, fallback) : WithoutNuls(sample, whole, fallback);
    }

    /// <summary>UTF-8 when the bytes read as such, else Windows-1252. Undecided while there is nothing but ASCII.</summary>
    public static SniffedEncoding WithoutNuls(ReadOnlySpan<byte> sample, bool whole, MarkingFallback fallback)
    {
        var utf8 = Strict(Encoding.UTF8, fallback);
        if (sample.IndexOfAnyExceptInRange((byte)0, (byte)0x7F) < 0)
        {
            return new SniffedEncoding(utf8, "UTF-8", 0, Decided: false);
        }

        var (characters, faults) = CountBeyondAscii(sample, whole);

        // Windows-1252 text hardly ever spells valid UTF-8 by chance, while a UTF-8 file may well hold a few broken
        // bytes: those rows are refused one by one instead of turning every other character into something else.
        return faults == 0 || characters > 4 * faults
            ? new SniffedEncoding(utf8, "UTF-8", 0, Decided: true)
            : new SniffedEncoding(CodePagesEncodingProvider.Instance.GetEncoding(1252)!, "Windows-1252", 0, Decided: true);
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
    private static SniffedEncoding WithNuls(ReadOnlySpan<byte> sample, MarkingFallback fallback)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i < sample.Length; i++)
        {
            if (sample[i] == 0)
            {
                _ = (i & 1) == 0 ? even++ : odd++;
            }
        }

        if (odd > 10 * even && ReadsAsText(sample, Encoding.Unicode))
        {
            return new SniffedEncoding(Strict(Encoding.Unicode, fallback), "UTF-16LE", 0, Decided: true);
        }

        if (even > 10 * odd && ReadsAsText(sample, Encoding.BigEndianUnicode))
        {
            return new SniffedEncoding(Strict(Encoding.BigEndianUnicode, fallback), "UTF-16BE", 0, Decided: true);
        }

        throw new UnreadableFileException(
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
            if (c == '\uFFFD' && i < count - 1 || (c < ' ' && c is not ('\t' or '\r' or '\n')))
            {
                return false;
            }

            separators += c is '\n' or '\r' or ',' or ';' or '\t' or '|' or ' ' ? 1 : 0;
        }

        return separators > 0 || count < 64;
    }

    private static Encoding Strict(Encoding encoding, MarkingFallback fallback)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = fallback;
        return strict;
    }
}
