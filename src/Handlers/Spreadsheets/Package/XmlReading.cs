using System.Xml;

namespace Flatfile.Agent.Handlers.Spreadsheets.Package;

/// <summary>Walks through a small part without building a tree.</summary>
internal static class XmlReading
{
    private const int MaxDepth = 256;

    /// <summary>Moves to the next start of an element.</summary>
    /// <exception cref="XmlException">The part is not well-formed, or nested deeper than any spreadsheet program writes.</exception>
    public static bool ReadElement(this XmlReader xml)
    {
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                return xml.Depth < MaxDepth ? true : throw new XmlException($"Elements are nested deeper than {MaxDepth}.");
            }
        }

        return false;
    }

    /// <summary>True for 1 and true.</summary>
    public static bool Flag(this XmlReader xml, string attribute) => xml.GetAttribute(attribute) is "1" or "true" or "on";
}
