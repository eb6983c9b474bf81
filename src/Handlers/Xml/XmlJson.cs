using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml.Linq;

namespace Flatfile.Agent.Handlers.Xml;

/// <summary>Writes elements that repeat inside a record as a JSON list: texts as texts, elements with parts as objects.</summary>
internal sealed class XmlJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new();

    public string List(IEnumerable<XElement> elements)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer, Options))
        {
            json.WriteStartArray();
            foreach (var element in elements)
            {
                Write(element, json);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }

    private static void Write(XElement element, Utf8JsonWriter json)
    {
        var attributes = element.Attributes().Where(a => XmlSurvey.IsData(a.Name.NamespaceName) && !a.IsNamespaceDeclaration).ToList();
        if (attributes.Count == 0 && !element.HasElements)
        {
            json.WriteStringValue(element.Value);
            return;
        }

        json.WriteStartObject();
        foreach (var attribute in attributes)
        {
            json.WriteString("#" + attribute.Name.LocalName, attribute.Value);
        }

        var text = string.Concat(element.Nodes().OfType<XText>().Select(t => t.Value));
        if (!string.IsNullOrWhiteSpace(text))
        {
            json.WriteString("#text", text);
        }

        foreach (var group in element.Elements().GroupBy(e => e.Name.LocalName))
        {
            json.WritePropertyName(group.Key);
            WriteGroup([.. group], json);
        }

        json.WriteEndObject();
    }

    private static void WriteGroup(List<XElement> elements, Utf8JsonWriter json)
    {
        if (elements.Count == 1)
        {
            Write(elements[0], json);
            return;
        }

        json.WriteStartArray();
        elements.ForEach(e => Write(e, json));
        json.WriteEndArray();
    }
}
