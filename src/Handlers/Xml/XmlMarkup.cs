using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Flatfile.Agent.Handlers.Xml;

/// <summary>Writes what was parsed as markup again, with characters XML does not allow but files hold.</summary>
internal static class XmlMarkup
{
    private static readonly XmlWriterSettings Settings = new() { CheckCharacters = false, ConformanceLevel = ConformanceLevel.Fragment, OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None };

    public static string Of(IEnumerable<XNode> nodes)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, Settings))
        {
            foreach (var node in nodes)
            {
                node.WriteTo(writer);
            }
        }

        return text.ToString();
    }
}
