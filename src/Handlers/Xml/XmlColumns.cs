using System.Xml.Linq;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Xml;

/// <summary>The columns of a table of elements, in the order their values first appear in the file.</summary>
/// <remarks>
/// <para>A child element is the column of its path, <c>country/name</c>; an attribute stands behind a <c>#</c>: <c>#id</c>, <c>zip#format</c>. The text of
/// the record's element itself is a column with the element's name.</para>
/// <para>A child that repeats: values without parts are a JSON list where there are several, elements with parts are always a JSON list. Elements with text
/// between their child elements keep their markup. An element that says it is nil has no value.</para>
/// </remarks>
internal sealed class XmlColumns
{
    private readonly XmlShape _record;
    private readonly string _separator;
    private readonly List<(int FirstSeen, string Label, Action<int> Assign)> _found = [];
    private readonly XmlJson _json = new();

    public XmlColumns(XmlShape record, string separator)
    {
        (_record, _separator) = (record, separator);
        Collect(record, "");
        _found.Sort((a, b) => a.FirstSeen.CompareTo(b.FirstSeen));
        if (_found.Count > TableLimits.Columns)
        {
            throw TableLimits.TooManyColumns();
        }

        for (var i = 0; i < _found.Count; i++)
        {
            _found[i].Assign(i);
        }

        Labels = [.. _found.Select(f => f.Label)];
    }

    public IReadOnlyList<string> Labels { get; }

    /// <summary>Puts the values of a record into cells.</summary>
    public void Read(XElement element, RowCells cells) => Read(element, _record, cells);

    private static bool IsList(XmlShape shape) => shape.IsRepeated && shape.IsStructured;

    private static bool IsNil(XElement element) => element.Attributes().Any(a => XmlSurvey.IsNil(a.Name.NamespaceName, a.Name.LocalName, a.Value));

    private void Collect(XmlShape shape, string path)
    {
        foreach (var attribute in shape.Attributes)
        {
            Add(attribute.FirstSeen, $"{path}#{attribute.Label}", column => attribute.Column = column);
        }

        if (shape.IsMixed || shape.HasText || (!shape.HasElements && shape.Attributes.Count == 0))
        {
            Add(shape.FirstSeen, path.Length == 0 ? shape.Name : path, column => shape.Column = column);
        }

        foreach (var child in shape.IsMixed ? [] : shape.Children)
        {
            var inside = path.Length == 0 ? child.Label : $"{path}{_separator}{child.Label}";
            if (IsList(child))
            {
                Add(child.FirstSeen, inside, column => child.Column = column);
            }
            else
            {
                Collect(child, inside);
            }
        }
    }

    private void Add(int firstSeen, string label, Action<int> assign) => _found.Add((firstSeen, label, assign));

    private void Read(XElement element, XmlShape shape, RowCells cells)
    {
        if (element.HasAttributes)
        {
            foreach (var attribute in element.Attributes())
            {
                if (shape.FindAttribute(attribute.Name.NamespaceName, attribute.Name.LocalName) is { } known)
                {
                    cells.Set(known.Column, attribute.Value, CellKind.Text);
                }
            }

            if (IsNil(element))
            {
                return;
            }
        }

        if (shape.IsMixed)
        {
            cells.Set(shape.Column, XmlMarkup.Of(element.Nodes()), CellKind.Text);
            return;
        }

        if (shape.Column >= 0)
        {
            cells.Set(shape.Column, TextOf(element), CellKind.Text);
        }

        if (shape.HasElements)
        {
            ReadChildren(element, shape, cells);
        }
    }

    private void ReadChildren(XElement element, XmlShape shape, RowCells cells)
    {
        Dictionary<XmlShape, List<XElement>>? repeated = null;
        foreach (var child in element.Elements())
        {
            var inner = shape.Find(child.Name.NamespaceName, child.Name.LocalName)!;
            if (!inner.IsRepeated)
            {
                Read(child, inner, cells);
                continue;
            }

            repeated ??= [];
            if (!repeated.TryGetValue(inner, out var elements))
            {
                repeated.Add(inner, elements = []);
            }

            elements.Add(child);
        }

        foreach (var (inner, elements) in repeated ?? [])
        {
            if (IsList(inner))
            {
                cells.Set(inner.Column, _json.List(elements), CellKind.Text);
            }
            else if (elements.Count == 1)
            {
                Read(elements[0], inner, cells);
            }
            else
            {
                cells.Set(inner.Column, _json.List(elements), CellKind.Text);
                cells.Note(inner.Column, $"This record has {elements.Count} elements '{inner.Name}'. They stand here as a JSON list.");
            }
        }
    }

    /// <summary>The element's own text; blanks that only indent child elements are none.</summary>
    private static string TextOf(XElement element)
    {
        if (!element.HasElements)
        {
            return element.Value;
        }

        var text = string.Concat(element.Nodes().OfType<XText>().Select(t => t.Value));
        return string.IsNullOrWhiteSpace(text) ? "" : text;
    }
}
