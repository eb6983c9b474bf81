using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Spreadsheets.Package;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xlsx;

/// <summary>Reads the rows of a sheet from its XML, each from bytes that stand in the window of its part.</summary>
/// <remarks>What runs for every cell is compiled with all optimisations at once: most files are read before the runtime would find out by itself.</remarks>
/// <param name="part">The sheet's part; disposed with this reader.</param>
/// <param name="length">Its unpacked bytes, for the progress.</param>
/// <param name="name">The sheet's name, for messages.</param>
/// <param name="cells">Turns cells into text.</param>
internal sealed class XlsxSheetReader(PartBuffer part, long length, string name, XlsxCells cells) : ISheetReader
{
    private readonly ArrayBufferWriter<byte> _spare = new(1024);
    private readonly List<MergedRange> _headerMerges = [];
    private Place _place;
    private long _lastRow;

    private enum Place
    {
        BeforeRows,
        Rows,
        BehindRows,
        End,
    }

    public (int First, int Last)? Width { get; private set; }

    public IReadOnlyList<MergedRange> HeaderMerges => _headerMerges;

    public long Merges { get; private set; }

    public long HiddenRows { get; private set; }

    public double Progress => length <= 0 ? 0 : Math.Min(1, (double)part.Count / length);

    public async ValueTask<bool> ReadAsync(SheetRow row, CancellationToken cancellationToken)
    {
        while (!Next(row, null))
        {
            if (_place == Place.End || !await part.FillAsync(cancellationToken))
            {
                await FinishAsync(cancellationToken);
                return false;
            }
        }

        return true;
    }

    public async ValueTask SurveyAsync(List<bool> used, CancellationToken cancellationToken)
    {
        while (Next(null, used) || (_place != Place.End && await part.FillAsync(cancellationToken)))
        {
        }

        await FinishAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => part.DisposeAsync();

    /// <summary>Reads what is left, so that the part's checksum is looked at, and refuses a part that ends too early.</summary>
    private async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        if (_place != Place.End)
        {
            throw new UnreadableFileException($"The sheet '{name}' is cut off behind row {_lastRow}: its part {part.Name} does not end as it should. Upload the file again; if that does not help, get it again from where it came from.");
        }

        await part.DrainAsync(cancellationToken);
    }

    /// <summary>Moves to the next row with content.</summary>
    /// <returns>False when more bytes are needed, or behind the last row.</returns>
    private bool Next(SheetRow? row, List<bool>? used)
    {
        var xml = new XmlScanner(part.Bytes, part.Name);
        var taken = 0;
        var found = false;
        while (!found && _place != Place.End && xml.Read())
        {
            if (_place == Place.Rows && xml.Tag is XmlTag.Start or XmlTag.Empty && xml.Name.SequenceEqual("row"u8))
            {
                if (!Row(ref xml, row, used, out found))
                {
                    break;
                }
            }
            else if (_place == Place.Rows && xml.Tag == XmlTag.Start)
            {
                if (!xml.Skip())
                {
                    break;
                }
            }
            else
            {
                Other(ref xml);
            }

            taken = xml.Position;
        }

        part.Advance(taken);
        return found;
    }

    private void Other(scoped ref XmlScanner xml)
    {
        var opens = xml.Tag is XmlTag.Start or XmlTag.Empty;
        if (_place == Place.BeforeRows && opens && xml.Name.SequenceEqual("sheetData"u8))
        {
            _place = xml.Tag == XmlTag.Start ? Place.Rows : Place.BehindRows;
        }
        else if (_place == Place.BeforeRows && opens && xml.Name.SequenceEqual("dimension"u8))
        {
            Width = Reference(xml.Inside) is { } range ? (range.FirstColumn, range.LastColumn) : null;
        }
        else if (_place == Place.Rows && xml.Tag == XmlTag.End)
        {
            _place = Place.BehindRows;
        }
        else if (_place == Place.BehindRows && opens && xml.Name.SequenceEqual("mergeCell"u8))
        {
            Merge(xml.Inside);
        }
        else if (xml.Tag is XmlTag.End or XmlTag.Empty && xml.Name.SequenceEqual("worksheet"u8))
        {
            _place = Place.End;
        }
    }

    private void Merge(ReadOnlySpan<byte> attributes)
    {
        Merges++;
        if (Reference(attributes) is { } range && range.FirstRow <= SheetHeader.MaxRow && _headerMerges.Count < SheetHeader.MaxMerges)
        {
            _headerMerges.Add(range);
        }
    }

    private static MergedRange? Reference(ReadOnlySpan<byte> inside)
    {
        var attributes = new XmlAttributes(inside);
        while (attributes.Read())
        {
            if (attributes.Name.SequenceEqual("ref"u8))
            {
                return CellName.TryRange(attributes.Value, out var range) ? range : null;
            }
        }

        return null;
    }

    /// <summary>Reads a row from behind its start tag to behind its end.</summary>
    /// <returns>False when it does not end inside the scanner's bytes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Row(scoped ref XmlScanner xml, SheetRow? row, List<bool>? used, out bool found)
    {
        found = false;
        var (number, hidden) = (_lastRow + 1, false);
        var attributes = new XmlAttributes(xml.Inside);
        while (attributes.Read())
        {
            if (attributes.Name is [(byte)'r'] && Utf8Parser.TryParse(attributes.Value, out long given, out _) && given > 0)
            {
                number = given;
            }
            else if (attributes.Name.SequenceEqual("hidden"u8))
            {
                hidden = attributes.Value is [(byte)'1'] or [(byte)'t', ..];
            }
        }

        row?.Clear(number);
        var empty = xml.Tag == XmlTag.Empty;
        for (var column = 0; !empty;)
        {
            if (!xml.Read())
            {
                return false;
            }

            if (xml.Tag == XmlTag.End)
            {
                break;
            }

            if (xml.Tag is XmlTag.Start or XmlTag.Empty && xml.Name is [(byte)'c'])
            {
                if (!Cell(ref xml, row, used, ref column))
                {
                    return false;
                }
            }
            else if (!xml.Skip())
            {
                return false;
            }
        }

        _lastRow = number;
        found = row is { HasContent: true } or { Refusal: not null };
        HiddenRows += found && hidden ? 1 : 0;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Cell(scoped ref XmlScanner xml, SheetRow? row, List<bool>? used, ref int column)
    {
        ReadOnlySpan<byte> type = default;
        var style = 0;
        var attributes = new XmlAttributes(xml.Inside);
        while (attributes.Read())
        {
            if (attributes.Name is not [var letter])
            {
                continue;
            }

            switch (letter)
            {
                case (byte)'r' when CellName.Column(attributes.Value) is >= 0 and var given:
                    column = given;
                    break;
                case (byte)'r':
                    row?.Refuse($"row {row.Number} has a cell called '{Encoding.UTF8.GetString(attributes.Value)}', which is no name of a cell between A and XFD");
                    break;
                case (byte)'s':
                    Utf8Parser.TryParse(attributes.Value, out style, out _);
                    break;
                case (byte)'t':
                    type = attributes.Value;
                    break;
            }
        }

        if (!Value(ref xml, out var raw, out var formula))
        {
            return false;
        }

        if (column >= CellName.MaxColumns)
        {
            row?.Refuse($"row {row.Number} has more cells than the {CellName.MaxColumns:N0} a sheet can have");
        }
        else if (row is not null)
        {
            cells.Add(row, column, type, style, raw, formula);
        }
        else if (!raw.IsEmpty || formula)
        {
            Use(used!, column);
        }

        column++;
        return true;
    }

    /// <summary>Reads a cell's content from behind its start tag to behind its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Value(scoped ref XmlScanner xml, out ReadOnlySpan<byte> raw, out bool formula)
    {
        raw = default;
        formula = false;
        if (xml.Tag == XmlTag.Empty)
        {
            return true;
        }

        _spare.ResetWrittenCount();
        while (xml.Read())
        {
            switch (xml.Tag)
            {
                case XmlTag.End:
                    return true;
                case XmlTag.Start when xml.Name is [(byte)'v']:
                    if (!XmlContent.Read(ref xml, _spare, out raw))
                    {
                        return false;
                    }

                    break;
                case XmlTag.Start when xml.Name.SequenceEqual("is"u8):
                    if (!XmlContent.ReadRich(ref xml, _spare, out raw))
                    {
                        return false;
                    }

                    break;
                default:
                    formula |= xml.Name is [(byte)'f'];
                    if (!xml.Skip())
                    {
                        return false;
                    }

                    break;
            }
        }

        return false;
    }

    private static void Use(List<bool> used, int column)
    {
        while (used.Count <= column)
        {
            used.Add(false);
        }

        used[column] = true;
    }
}
