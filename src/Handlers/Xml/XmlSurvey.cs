using System.Text;
using System.Xml;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Xml;

/// <summary>The first pass over an XML file: which elements stand where, and what they have.</summary>
internal sealed class XmlSurvey
{
    private const int MaxShapes = 50_000;
    private const string Schema = "http://www.w3.org/2001/XMLSchema-instance";
    private const string Declarations = "http://www.w3.org/2000/xmlns/";

    private readonly Stack<Frame> _open = new();
    private int _shapes;
    private long _numbers;

    private XmlSurvey()
    {
    }

    /// <summary>The file's outermost element.</summary>
    public XmlShape Root { get; private set; } = null!;

    /// <summary>Where the file stops being XML; null when it does not. The second pass meets it again.</summary>
    public UnreadableFileException? Fault { get; private set; }

    /// <summary>Attributes that speak of the XML itself are no data.</summary>
    public static bool IsData(string attributeSpace) => attributeSpace is not (Schema or Declarations);

    /// <summary>True for an element that says it has no value.</summary>
    public static bool IsNil(string space, string name, string value) => space == Schema && name == "nil" && value is "true" or "1";

    /// <exception cref="UnreadableFileException">It is no XML from the start, or made to do harm.</exception>
    public static XmlSurvey Run(XmlSource source, CancellationToken cancellationToken)
    {
        var survey = new XmlSurvey();
        var (reader, _) = source.Parse();
        using (reader)
        {
            try
            {
                survey.Walk(reader, cancellationToken);
            }
            catch (XmlException fault)
            {
                survey.Fault = XmlSource.Fault(fault);
            }
            catch (DecoderFallbackException fault)
            {
                survey.Fault = source.Fault(fault);
            }
            catch (UnreadableFileException fault) when (survey._shapes < MaxShapes)
            {
                survey.Fault = fault;
            }
        }

        return survey.Root is null ? throw survey.Fault! : survey;
    }

    private void Walk(XmlReader reader, CancellationToken cancellationToken)
    {
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    cancellationToken.ThrowIfCancellationRequested();
                    Enter(reader);
                    break;
                case XmlNodeType.EndElement:
                    Leave();
                    break;
                case XmlNodeType.Text:
                case XmlNodeType.CDATA:
                    _open.Peek().HasText = true;
                    break;
            }
        }
    }

    private void Enter(XmlReader reader)
    {
        var isEmpty = reader.IsEmptyElement;
        var shape = Shape(reader);
        shape.Meet(_open.TryPeek(out var parent) ? parent.Number : -1);
        if (parent is not null)
        {
            parent.HasElements = true;
        }

        if (reader.HasAttributes)
        {
            while (reader.MoveToNextAttribute())
            {
                if (IsData(reader.NamespaceURI) && shape.FindAttribute(reader.NamespaceURI, reader.LocalName) is null)
                {
                    shape.Add(new XmlAttributeShape(reader.LocalName, reader.NamespaceURI, reader.Name, Next()));
                }
            }

            reader.MoveToElement();
        }

        if (!isEmpty)
        {
            _open.Push(new Frame(shape, _numbers++));
        }
    }

    private XmlShape Shape(XmlReader reader)
    {
        var parent = _open.TryPeek(out var frame) ? frame.Shape : null;
        if (parent is null)
        {
            return Root = new XmlShape(reader.LocalName, reader.Prefix, null) { FirstSeen = Next() };
        }

        if (parent.Find(reader.NamespaceURI, reader.LocalName) is { } known)
        {
            return known;
        }

        var shape = new XmlShape(reader.LocalName, reader.Prefix, parent) { FirstSeen = Next() };
        parent.Add(shape, reader.NamespaceURI);
        return shape;
    }

    private void Leave()
    {
        var frame = _open.Pop();
        frame.Shape.HasText |= frame.HasText;
        frame.Shape.IsMixed |= frame.HasText && frame.HasElements;
    }

    private int Next() => ++_shapes < MaxShapes
        ? _shapes
        : throw new UnreadableFileException($"This file has more than {MaxShapes:N0} different elements and attributes, the limit. Names that are data, such as an id as an element's name, belong into values.");

    private sealed class Frame(XmlShape shape, long number)
    {
        public XmlShape Shape => shape;

        public long Number => number;

        public bool HasText { get; set; }

        public bool HasElements { get; set; }
    }
}
