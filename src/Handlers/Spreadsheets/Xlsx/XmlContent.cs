using System.Buffers;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xlsx;

/// <summary>Takes the characters of an element, in the form that <see cref="XmlText"/> turns into text.</summary>
internal static class XmlContent
{
    /// <summary>Reads an element without elements in it, from its start tag to behind its end.</summary>
    /// <param name="xml">Has read the start tag.</param>
    /// <param name="spare">Holds what does not stand in one piece.</param>
    /// <param name="raw">The characters; valid until <paramref name="spare"/> is cleared.</param>
    /// <returns>False when the element does not end inside the scanner's bytes.</returns>
    public static bool Read(scoped ref XmlScanner xml, ArrayBufferWriter<byte> spare, out ReadOnlySpan<byte> raw)
    {
        raw = default;
        if (xml.Tag == XmlTag.Empty)
        {
            return true;
        }

        if (!xml.Read())
        {
            return false;
        }

        if (xml.Tag == XmlTag.End)
        {
            raw = xml.Text;
            return true;
        }

        var start = spare.WrittenCount;
        while (true)
        {
            spare.Write(xml.Text);
            if (xml.Tag == XmlTag.End)
            {
                raw = spare.WrittenSpan[start..];
                return true;
            }

            if (xml.Tag == XmlTag.Characters)
            {
                Escape(xml.Inside, spare);
            }

            if (!xml.Skip() || !xml.Read())
            {
                return false;
            }
        }
    }

    /// <summary>Reads a text in runs of different looks: the runs joined, without the reading aids of Japanese.</summary>
    /// <inheritdoc cref="Read"/>
    public static bool ReadRich(scoped ref XmlScanner xml, ArrayBufferWriter<byte> spare, out ReadOnlySpan<byte> raw)
    {
        raw = default;
        if (xml.Tag == XmlTag.Empty)
        {
            return true;
        }

        var (pieces, depth) = (0, 1);
        ReadOnlySpan<byte> first = default;
        var start = spare.WrittenCount;
        while (xml.Read())
        {
            switch (xml.Tag)
            {
                case XmlTag.Start when xml.Name.SequenceEqual("t"u8):
                    if (!Read(ref xml, spare, out var piece))
                    {
                        return false;
                    }

                    // A single piece is handed out where it stands; with a second one both are copied.
                    if (pieces++ == 0)
                    {
                        first = piece;
                        start = spare.WrittenCount;
                        break;
                    }

                    if (pieces == 2)
                    {
                        spare.Write(first);
                    }

                    spare.Write(piece);
                    break;
                case XmlTag.Start when xml.Name.SequenceEqual("r"u8):
                    depth++;
                    break;
                case XmlTag.Start:
                    if (!xml.Skip())
                    {
                        return false;
                    }

                    break;
                case XmlTag.End when --depth == 0:
                    raw = pieces > 1 ? spare.WrittenSpan[start..] : first;
                    return true;
            }
        }

        return false;
    }

    private static void Escape(ReadOnlySpan<byte> characters, ArrayBufferWriter<byte> spare)
    {
        while (characters.IndexOf((byte)'&') is >= 0 and var at)
        {
            spare.Write(characters[..at]);
            spare.Write("&amp;"u8);
            characters = characters[(at + 1)..];
        }

        spare.Write(characters);
    }
}
