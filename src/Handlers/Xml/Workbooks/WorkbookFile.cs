using System.Text;
using System.Xml;
using Flatfile.Agent.Handlers.Delimited;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Xml.Workbooks;

/// <summary>An Excel 2003 XML file opened for reading: each visible worksheet with data is a table, read by a pass of its own.</summary>
internal sealed class WorkbookFile : ITableFile
{
    private readonly FileContent _content;
    private readonly XmlSource _source;
    private readonly List<WorkbookTable> _tables = [];
    private readonly List<ReadDecision> _decisions;
    private int _next;

    private WorkbookFile(FileContent content, XmlSource source, Survey survey, ReadOptions options)
    {
        (_content, _source, _decisions) = (content, source, [source.Decision]);
        var names = TableChoice.Distinct(survey.Names);
        var choice = new TableChoice(options);
        choice.Check([.. names]);
        for (var sheet = 0; sheet < names.Count; sheet++)
        {
            if (!survey.Facts.TryGetValue(sheet, out var facts))
            {
                _decisions.Add(new ReadDecision("leftOut", names[sheet], 1, $"The sheet '{names[sheet]}' is empty."));
            }
            else if (survey.Hidden.Contains(sheet) && options.HiddenSheets != true && options.Tables is null)
            {
                _decisions.Add(new ReadDecision("hiddenSheets", names[sheet], 1, $"The sheet '{names[sheet]}' is hidden in the workbook and was left out.") { IsNotable = true });
            }
            else if (choice.Takes(names[sheet]))
            {
                _tables.Add(new WorkbookTable(names[sheet], sheet, HeaderChoice.Of(facts.Sample, facts.Width, options), source));
            }
        }
    }

    public string Format => "Excel XML";

    public IReadOnlyList<ReadDecision> Decisions => _decisions;

    public double Progress => _tables.Count == 0 ? 1 : Math.Min(1, (Math.Max(0, _next - 1) + _source.Progress) / _tables.Count);

    /// <exception cref="UnreadableFileException">It is no XML, or its sheets hold no rows.</exception>
    public static async Task<WorkbookFile> OpenAsync(FileContent content, ReadOptions options, CancellationToken cancellationToken)
    {
        var source = await XmlSource.OpenAsync(content, options, cancellationToken);
        var file = new WorkbookFile(content, source, Look(source, cancellationToken), options);
        return file._tables.Count > 0 ? file
            : throw new UnreadableFileException("No sheet of this workbook that is to be read holds rows. Upload a workbook with a header and rows, or give the reading option 'hiddenSheets'.");
    }

    public ValueTask<ITable?> NextTableAsync(CancellationToken cancellationToken)
    {
        Close();
        return ValueTask.FromResult<ITable?>(_next < _tables.Count ? _tables[_next++] : null);
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        await _content.DisposeAsync();
    }

    /// <summary>The first pass. A fault behind the first row ends it in peace: the second pass meets it again, after the rows before it.</summary>
    private static Survey Look(XmlSource source, CancellationToken cancellationToken)
    {
        var facts = new Dictionary<int, SheetFacts>();
        var (reader, guard) = source.Parse();
        using var walker = new WorkbookWalker(reader, guard);
        try
        {
            while (walker.Next() is { } row)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!facts.TryGetValue(row.Sheet, out var sheet))
                {
                    facts.Add(row.Sheet, sheet = new SheetFacts());
                }

                sheet.Learn(row);
            }
        }
        catch (XmlException fault)
        {
            _ = facts.Count > 0 ? true : throw XmlSource.Fault(fault);
        }
        catch (DecoderFallbackException fault)
        {
            _ = facts.Count > 0 ? true : throw source.Fault(fault);
        }
        catch (UnreadableFileException) when (facts.Count > 0)
        {
        }

        return new Survey(walker.Sheets, walker.Hidden, facts);
    }

    private void Close()
    {
        if (_next > 0)
        {
            _tables[_next - 1].Dispose();
        }
    }

    private sealed record Survey(IReadOnlyList<string> Names, IReadOnlySet<int> Hidden, IReadOnlyDictionary<int, SheetFacts> Facts);

    /// <summary>What the first pass learns of a sheet.</summary>
    private sealed class SheetFacts
    {
        private const int SampleRows = 200;
        private const int SampleLength = 64 * 1024;

        private readonly List<SampleRow> _sample = [];
        private int _sampled;

        public int Width { get; private set; }

        public IReadOnlyList<SampleRow> Sample => _sample;

        public void Learn(WorkbookRow row)
        {
            Width = Math.Max(Width, row.Cells[^1].Column + 1);
            if (_sample.Count == SampleRows || _sampled > SampleLength)
            {
                return;
            }

            var cells = new string[row.Cells[^1].Column + 1];
            Array.Fill(cells, "");
            foreach (var cell in row.Cells)
            {
                cells[cell.Column] = cell.Text;
                _sampled += cell.Text.Length;
            }

            _sampled += cells.Length;
            _sample.Add(new SampleRow(row.Number, cells));
        }
    }
}
