using System.Buffers.Binary;
using System.Text;
using Flatfile.Agent.Handlers.Spreadsheets.Package;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xls;

/// <summary>Reads texts from records, also across the records that continue them.</summary>
/// <param name="records">Has read the record in which the texts begin.</param>
/// <param name="at">Where the first one begins.</param>
/// <param name="codePage">What the bytes of a text are before Excel 97; null for Unicode.</param>
internal sealed class BiffText(BiffRecords records, int at, Encoding? codePage)
{
    private const int Wide = 1;
    private const int Phonetic = 4;
    private const int Rich = 8;

    private char[] _text = new char[256];
    private int _at = at;

    /// <summary>Reads the texts that cells refer to.</summary>
    /// <remarks>The count the record tells is often wrong: they end where the records do.</remarks>
    public void ReadAll(SharedStrings strings)
    {
        while (Has(1))
        {
            strings.Add(Read(lengthBytes: 2));
        }
    }

    /// <summary>Reads a text with its looks, which are passed over.</summary>
    /// <param name="lengthBytes">Bytes of the number of characters before it.</param>
    /// <returns>What there is of it; valid until the next call.</returns>
    public ReadOnlySpan<char> Read(int lengthBytes)
    {
        var length = lengthBytes == 1 ? Byte() : Small();
        if (codePage is not null)
        {
            return codePage.GetString(records.Data.Slice(Math.Min(_at, records.Data.Length), Math.Min(length, Math.Max(0, records.Data.Length - _at))));
        }

        var flags = Byte();
        var runs = (flags & Rich) != 0 ? Small() : 0;
        var phonetic = (flags & Phonetic) != 0 ? (uint)Small() | ((long)Small() << 16) : 0;
        if (_text.Length < length)
        {
            _text = new char[ushort.MaxValue + 1];
        }

        var read = 0;
        var wide = (flags & Wide) != 0;
        while (read < length)
        {
            if (_at >= records.Data.Length)
            {
                // A text that goes on in the next record begins there with its width.
                if (!records.ReadContinued())
                {
                    break;
                }

                wide = (records.Byte(0) & Wide) != 0;
                _at = 1;
                continue;
            }

            if (wide && _at + 1 >= records.Data.Length)
            {
                _at = records.Data.Length;
                continue;
            }

            _text[read++] = wide ? (char)BinaryPrimitives.ReadUInt16LittleEndian(records.Data[_at..]) : (char)records.Data[_at];
            _at += wide ? 2 : 1;
        }

        Pass((runs * 4L) + phonetic);
        return _text.AsSpan(0, read);
    }

    private void Pass(long count)
    {
        while (count > 0 && Has(1))
        {
            var taken = (int)Math.Min(count, records.Data.Length - _at);
            _at += taken;
            count -= taken;
        }
    }

    private bool Has(int count)
    {
        while (_at + count > records.Data.Length)
        {
            if (!records.ReadContinued())
            {
                return false;
            }

            _at = 0;
        }

        return true;
    }

    private int Byte() => Has(1) ? records.Data[_at++] : 0;

    private int Small() => Byte() | (Byte() << 8);
}
