using System.Runtime.CompilerServices;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xlsx;

/// <summary>Moves from tag to tag through a piece of UTF-8 XML. It holds places in the bytes, copies nothing and knows no namespaces: names are compared without their prefix.</summary>
/// <param name="bytes">Begins between tags.</param>
/// <param name="part">The part's name, for messages.</param>
internal ref struct XmlScanner(ReadOnlySpan<byte> bytes, string part)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _textStart;

    /// <summary>Behind the tag read last.</summary>
    public int Position { get; private set; }

    /// <summary>What was read last.</summary>
    public XmlTag Tag { get; private set; }

    /// <summary>The element's name without prefix.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>What stands between the name and the end of a start tag; the content of a CDATA section.</summary>
    public ReadOnlySpan<byte> Inside { get; private set; }

    /// <summary>The characters before the tag, as they stand in the bytes.</summary>
    public ReadOnlySpan<byte> Text { get; private set; }

    /// <summary>Moves behind the next tag, comment, instruction or CDATA section.</summary>
    /// <returns>False when it does not end inside these bytes.</returns>
    /// <exception cref="UnreadableFileException">A document type is declared.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Read()
    {
        _textStart = Position;
        var rest = _bytes[Position..];
        var open = !rest.IsEmpty && rest[0] == '<' ? 0 : rest.IndexOf((byte)'<');
        if (open < 0 || open + 1 >= rest.Length)
        {
            return false;
        }

        Text = rest[..open];
        rest = rest[(open + 1)..];
        var read = rest[0] switch
        {
            (byte)'/' => End(rest),
            (byte)'!' => Declaration(rest),
            (byte)'?' => Other(rest, "?>"u8),
            _ => Start(rest),
        };
        if (read < 0)
        {
            Position = _textStart;
            return false;
        }

        Position = _textStart + open + 1 + read;
        return true;
    }

    /// <summary>Moves behind the end of the element whose start tag was read last.</summary>
    /// <returns>False when it does not end inside these bytes.</returns>
    public bool Skip()
    {
        for (var depth = Tag == XmlTag.Start ? 1 : 0; depth > 0;)
        {
            if (!Read())
            {
                return false;
            }

            depth += Tag switch { XmlTag.Start => 1, XmlTag.End => -1, _ => 0 };
        }

        return true;
    }

    /// <summary>Byte by byte: most tags are so short that anything cleverer costs more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Start(ReadOnlySpan<byte> rest)
    {
        var (nameEnd, end) = (-1, 0);
        byte quote = 0;
        for (; end < rest.Length; end++)
        {
            var b = rest[end];
            if (quote != 0)
            {
                // A quoted value may hold the sign that ends a tag.
                quote = b == quote ? (byte)0 : quote;
            }
            else if (b == '>')
            {
                break;
            }
            else if (b is (byte)'"' or (byte)'\'')
            {
                quote = b;
            }
            else if (nameEnd < 0 && b <= ' ')
            {
                nameEnd = end;
            }
        }

        if (end == rest.Length)
        {
            return -1;
        }

        var empty = end > 0 && rest[end - 1] == '/';
        var insideEnd = empty ? end - 1 : end;
        nameEnd = nameEnd < 0 ? insideEnd : nameEnd;
        Tag = empty ? XmlTag.Empty : XmlTag.Start;
        Name = Local(rest[..nameEnd]);
        Inside = rest[nameEnd..insideEnd];
        return end + 1;
    }

    private int End(ReadOnlySpan<byte> rest)
    {
        if (rest.Length > 2 && rest[2] == '>')
        {
            Tag = XmlTag.End;
            Name = rest.Slice(1, 1);
            return 3;
        }

        var end = rest.IndexOf((byte)'>');
        if (end < 0)
        {
            return -1;
        }

        Tag = XmlTag.End;
        Name = Local(rest[1..end].TrimEnd(" \t\r\n"u8));
        return end + 1;
    }

    private int Declaration(ReadOnlySpan<byte> rest)
    {
        if (rest.StartsWith("!--"u8))
        {
            return Other(rest[3..], "-->"u8) is var end and >= 0 ? end + 3 : -1;
        }

        if (rest.StartsWith("![CDATA["u8))
        {
            var end = rest[8..].IndexOf("]]>"u8);
            if (end < 0)
            {
                return -1;
            }

            Tag = XmlTag.Characters;
            Inside = rest.Slice(8, end);
            return end + 11;
        }

        if ("!--"u8.StartsWith(rest) || "![CDATA["u8.StartsWith(rest))
        {
            return -1;
        }

        throw new UnreadableFileException($"The part {part} of this workbook declares a document type, which no spreadsheet program writes. Save the workbook anew and upload it again.");
    }

    private int Other(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> closing)
    {
        var end = rest.IndexOf(closing);
        Tag = XmlTag.Other;
        return end < 0 ? -1 : end + closing.Length;
    }

    private static ReadOnlySpan<byte> Local(ReadOnlySpan<byte> name)
    {
        if (name.Length == 1)
        {
            return name;
        }

        var colon = name.IndexOf((byte)':');
        return colon < 0 ? name : name[(colon + 1)..];
    }
}
