using System.Buffers.Binary;
using Flatfile.Agent.Handlers.Spreadsheets.Package;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xlsb;

/// <summary>Walks through the records of a binary part that stand in its window.</summary>
/// <param name="part">Advanced by <see cref="Pass"/>.</param>
internal ref struct XlsbRecords(PartBuffer part)
{
    private int _length;

    /// <summary>What the record read last is; one of <see cref="XlsbRecord"/>, or another.</summary>
    public int Id { get; private set; }

    /// <summary>Its content.</summary>
    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>Looks at the next record.</summary>
    /// <returns>False when it does not end inside the window.</returns>
    public bool Read()
    {
        var bytes = part.Bytes;
        if (bytes.Length < 2)
        {
            return false;
        }

        var at = 1;
        Id = bytes[0];
        if (Id >= 0x80)
        {
            Id = (Id & 0x7F) | ((bytes[at++] & 0x7F) << 7);
        }

        var size = 0;
        for (var shift = 0; shift < 28; shift += 7)
        {
            if (at >= bytes.Length)
            {
                return false;
            }

            size |= (bytes[at] & 0x7F) << shift;
            if (bytes[at++] < 0x80)
            {
                break;
            }
        }

        if (bytes.Length - at < size)
        {
            return false;
        }

        Data = bytes.Slice(at, size);
        _length = at + size;
        return true;
    }

    /// <summary>Moves behind the record read last. Its data may not be used afterwards.</summary>
    public readonly void Pass() => part.Advance(_length);

    /// <summary>A number at a place of the record; 0 behind its end.</summary>
    public readonly uint Number(int at) => at + sizeof(uint) <= Data.Length ? BinaryPrimitives.ReadUInt32LittleEndian(Data[at..]) : 0;

    /// <inheritdoc cref="Number"/>
    public readonly int Small(int at) => at + sizeof(ushort) <= Data.Length ? BinaryPrimitives.ReadUInt16LittleEndian(Data[at..]) : 0;

    /// <inheritdoc cref="Number"/>
    public readonly byte Byte(int at) => at < Data.Length ? Data[at] : (byte)0;

    /// <inheritdoc cref="Number"/>
    public readonly double Real(int at) => at + sizeof(double) <= Data.Length ? BinaryPrimitives.ReadDoubleLittleEndian(Data[at..]) : 0;

    /// <summary>A text at a place of the record, as UTF-16; empty for none.</summary>
    /// <param name="at">Where its length stands; moved behind the text.</param>
    public readonly ReadOnlySpan<char> Text(scoped ref int at)
    {
        var length = Number(at);
        at += sizeof(uint);
        if (length == uint.MaxValue || at > Data.Length)
        {
            return default;
        }

        var bytes = Data.Slice(at, (int)Math.Min(length * 2L, (Data.Length - at) & ~1));
        at += bytes.Length;
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, char>(bytes);
    }
}
