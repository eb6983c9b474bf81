using System.Buffers;
using System.Text.Unicode;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Spreadsheets.Package;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xlsx;

/// <summary>Reads the texts of a workbook from their XML.</summary>
/// <param name="strings">Receives them.</param>
internal sealed class XlsxStrings(SharedStrings strings)
{
    private readonly ArrayBufferWriter<byte> _spare = new(256);
    private char[] _characters = [];

    /// <summary>Reads all texts.</summary>
    /// <exception cref="UnreadableFileException">The part is damaged or cut off.</exception>
    public async ValueTask ReadAsync(PartBuffer part, CancellationToken cancellationToken)
    {
        while (!Take(part))
        {
            if (!await part.FillAsync(cancellationToken))
            {
                throw new UnreadableFileException($"The part {part.Name} of this workbook is cut off: its last text does not end. Upload the file again; if that does not help, get it again from where it came from.");
            }
        }

        await part.DrainAsync(cancellationToken);
    }

    /// <returns>True behind the last text; false when more bytes are needed.</returns>
    private bool Take(PartBuffer part)
    {
        var xml = new XmlScanner(part.Bytes, part.Name);
        var taken = 0;
        while (xml.Read())
        {
            if (xml.Tag is XmlTag.Start or XmlTag.Empty && xml.Name.SequenceEqual("si"u8))
            {
                _spare.ResetWrittenCount();
                if (!XmlContent.ReadRich(ref xml, _spare, out var raw))
                {
                    break;
                }

                Add(raw);
            }
            else if (xml.Tag is XmlTag.End or XmlTag.Empty && xml.Name.SequenceEqual("sst"u8))
            {
                return true;
            }

            taken = xml.Position;
        }

        part.Advance(taken);
        return false;
    }

    private void Add(ReadOnlySpan<byte> raw)
    {
        if (XmlText.IsPlain(raw) && Utf8.IsValid(raw))
        {
            strings.Add(raw);
            return;
        }

        if (_characters.Length < raw.Length)
        {
            _characters = new char[raw.Length * 2];
        }

        var length = XmlText.Decode(raw, _characters);
        if (length < 0)
        {
            strings.Add(raw);
        }
        else
        {
            strings.Add(_characters.AsSpan(0, length));
        }
    }
}
