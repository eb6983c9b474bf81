using System.Text;
using System.Xml;
using System.Xml.Linq;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Xml;

/// <summary>The elements of one shape as a table. Each table walks through the file by itself, because the elements of several may alternate.</summary>
internal sealed class XmlTable(string name, XmlShape record, XmlSurvey survey, XmlSource source, XmlColumns columns) : ITable, IDisposable
{
    private readonly RowCells _cells = new(columns.Labels.Count);
    private readonly Stack<XmlShape> _open = new();
    private XmlReader? _reader;
    private XmlGuard? _guard;
    private XElement? _element;
    private string? _original;
    private bool _stays;

    public string Name => name;

    public IReadOnlyList<string> Labels => columns.Labels;

    public IReadOnlyList<ReadDecision> Decisions => [];

    public long Row { get; private set; }

    public string? Refusal { get; private set; }

    public ReadOnlySpan<char> Original => _element is null ? default : _original ??= XmlMarkup.Of([_element]);

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return ValueTask.FromResult(Read(cancellationToken));
        }
        catch (XmlException fault)
        {
            throw XmlSource.Fault(fault);
        }
        catch (DecoderFallbackException fault)
        {
            throw source.Fault(fault);
        }
    }

    public ReadOnlySpan<char> Cell(int column) => _cells.Cell(column);

    public CellKind Kind(int column) => _cells.Kind(column);

    public string? Remark(int column) => _cells.Remark(column);

    public void Dispose() => _reader?.Dispose();

    private bool Read(CancellationToken cancellationToken)
    {
        if (_reader is null)
        {
            (_reader, _guard) = source.Parse();
        }

        while (Next(_reader) is { } element)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (_element, _original) = (element, null);
            Row++;
            _cells.Clear();
            columns.Read(element, _cells);
            Refusal = _cells.Holds('\0') ? $"record {Row} holds a NUL character, which is no text"
                : source.HasFaults && _cells.Holds(XmlSource.Mark) ? $"record {Row} holds bytes that are not UTF-8; save the file as UTF-8" : null;
            if (_cells.HasContent)
            {
                return true;
            }
        }

        _element = null;
        return false;
    }

    /// <summary>The next element that is a record; null at the end.</summary>
    private XElement? Next(XmlReader reader)
    {
        // Taking an element leaves the parser behind it, at something that is not looked at yet.
        while (_stays ? !reader.EOF : reader.Read())
        {
            _stays = false;
            if (reader.NodeType == XmlNodeType.EndElement)
            {
                _open.Pop();
            }
            else if (reader.NodeType == XmlNodeType.Element)
            {
                var shape = _open.TryPeek(out var parent) ? parent.Find(reader.NamespaceURI, reader.LocalName) : survey.Root;
                if (shape == record)
                {
                    _guard!.Mark();
                    var element = (XElement)XNode.ReadFrom(reader);
                    _guard.Unmark();
                    _stays = true;
                    return element;
                }

                if (!reader.IsEmptyElement)
                {
                    _open.Push(shape!);
                }
            }
        }

        return null;
    }
}
