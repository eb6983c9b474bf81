using System.Text;
using System.Text.Json;

namespace Flatfile.Agent.Handlers.Json;

/// <summary>A member that records of a table have, with the members inside it. The root stands for the record itself.</summary>
internal sealed class JsonMember(string name, string path)
{
    private const int Near = 8;

    private readonly List<JsonMember> _members = [];
    private readonly Dictionary<string, JsonMember> _byName = new(StringComparer.Ordinal);
    private readonly byte[] _name = Encoding.UTF8.GetBytes(name);
    private int _next;

    /// <summary>Names from the record down, joined.</summary>
    public string Path { get; } = path;

    /// <summary>Its column; -1 when it only holds other members.</summary>
    public int Column { get; set; } = -1;

    /// <summary>When it was first seen as the end of a path, among all members of the table; -1 for never.</summary>
    public int FirstSeen { get; set; } = -1;

    /// <summary>True once it held a text, number, boolean or array.</summary>
    public bool HasValue { get; set; }

    public IReadOnlyList<JsonMember> Members => _members;

    /// <summary>The member the reader stands at; null when there is none yet.</summary>
    /// <remarks>Records mostly have the same members in the same order: the one behind the last is looked at first.</remarks>
    public JsonMember? Find(ref Utf8JsonReader reader)
    {
        var count = _members.Count;
        for (var i = 0; i < Math.Min(Near, count); i++)
        {
            var at = (_next + i) % count;
            if (reader.ValueTextEquals(_members[at]._name))
            {
                _next = at + 1;
                return _members[at];
            }
        }

        return count <= Near ? null : _byName.GetValueOrDefault(reader.GetString()!);
    }

    public JsonMember Add(string member, string separator)
    {
        var added = new JsonMember(member, Path.Length == 0 ? member : $"{Path}{separator}{member}");
        _members.Add(added);
        _byName.Add(member, added);
        return added;
    }
}
