namespace Flatfile.Agent.Handlers.Xml;

/// <summary>All elements of one name at one place of a file, as the first pass saw them.</summary>
internal sealed class XmlShape(string name, string prefix, XmlShape? parent)
{
    private readonly Dictionary<(string Space, string Name), XmlShape> _byName = [];
    private readonly List<XmlShape> _children = [];
    private readonly List<XmlAttributeShape> _attributes = [];
    private long _lastParent = long.MinValue;

    /// <summary>Without namespace.</summary>
    public string Name => name;

    public XmlShape? Parent => parent;

    public IReadOnlyList<XmlShape> Children => _children;

    public IReadOnlyList<XmlAttributeShape> Attributes => _attributes;

    /// <summary>How many there are in the file.</summary>
    public long Count { get; private set; }

    /// <summary>When it first appeared, among all shapes and attributes.</summary>
    public int FirstSeen { get; init; }

    /// <summary>Two of them stand in one parent.</summary>
    public bool IsRepeated { get; private set; }

    /// <summary>Any has text that is not blank.</summary>
    public bool HasText { get; set; }

    /// <summary>Any has text beside child elements: markup, whose order is its meaning.</summary>
    public bool IsMixed { get; set; }

    /// <summary>Its column for text, list or markup; -1 for none.</summary>
    public int Column { get; set; } = -1;

    public bool HasElements => _children.Count > 0;

    /// <summary>It has parts: child elements that are not markup, or attributes.</summary>
    public bool IsStructured => (HasElements && !IsMixed) || _attributes.Count > 0;

    /// <summary>Names from the outside in: <c>/orders/order</c>.</summary>
    public string Path => $"{parent?.Path}/{name}";

    /// <summary>The name a person sees: with its prefix where another namespace has the same name beside it.</summary>
    public string Label => prefix.Length > 0 && parent is not null && parent.Children.Any(c => c != this && c.Name == name) ? $"{prefix}:{name}" : name;

    public XmlShape? Find(string childSpace, string childName) => _byName.GetValueOrDefault((childSpace, childName));

    public XmlAttributeShape? FindAttribute(string attributeSpace, string attributeName)
    {
        foreach (var attribute in _attributes)
        {
            if (attribute.Name == attributeName && attribute.Space == attributeSpace)
            {
                return attribute;
            }
        }

        return null;
    }

    public void Add(XmlShape child, string childSpace)
    {
        _children.Add(child);
        _byName.Add((childSpace, child.Name), child);
    }

    public void Add(XmlAttributeShape attribute) => _attributes.Add(attribute);

    /// <summary>Notes one more of them, inside the parent with that number.</summary>
    public void Meet(long parentNumber)
    {
        Count++;
        IsRepeated |= _lastParent == parentNumber;
        _lastParent = parentNumber;
    }
}
