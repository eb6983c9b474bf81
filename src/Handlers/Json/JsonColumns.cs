using System.Text.Json;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Json;

/// <summary>The columns of a table of objects: every path to a value that any record has, in the order they first appear.</summary>
/// <remarks>
/// Members of nested objects become columns named by their path, such as <c>address.city</c>. An array inside a record is one cell: its JSON without
/// blanks between. Numbers keep their text. A member that stands twice in an object: the last counts, and the cell says so.
/// </remarks>
internal sealed class JsonColumns(string separator)
{
    private readonly JsonMember _root = new("", "");
    private readonly JsonText _text = new();
    private long _met;
    private int _ends;
    private int _members;

    /// <summary>The labels, one per column; known after <see cref="Close"/>.</summary>
    public IReadOnlyList<string> Labels { get; private set; } = [];

    /// <summary>Whether the records have mostly the same members: each column is met in half of them or more.</summary>
    public bool AreAlike(long records) => _met * 2 >= _ends * records;

    /// <summary>Notes the paths of a record.</summary>
    /// <exception cref="UnreadableFileException">There are too many columns.</exception>
    /// <exception cref="InvalidOperationException">A name is no text.</exception>
    public void Learn(ReadOnlySpan<byte> record, JsonReaderOptions options)
    {
        var reader = new Utf8JsonReader(record, options);
        reader.Read();
        Learn(ref reader, _root);
    }

    /// <summary>Ends the learning: what was only ever null and an object elsewhere is no column of its own.</summary>
    /// <param name="first">Number of the first column.</param>
    public void Close(int first)
    {
        var ends = new List<JsonMember>();
        Collect(_root, ends);
        ends.Sort((a, b) => a.FirstSeen.CompareTo(b.FirstSeen));
        for (var i = 0; i < ends.Count; i++)
        {
            ends[i].Column = first + i;
        }

        Labels = [.. ends.Select(e => e.Path)];
    }

    /// <summary>Puts a record's values into cells.</summary>
    /// <exception cref="InvalidOperationException">A name or text is no text.</exception>
    public void Read(ReadOnlySpan<byte> record, JsonReaderOptions options, RowCells cells)
    {
        var reader = new Utf8JsonReader(record, options);
        reader.Read();
        Read(ref reader, _root, cells);
    }

    private void Learn(ref Utf8JsonReader reader, JsonMember parent)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = parent.Find(ref reader) ?? Add(parent, reader.GetString()!);
            reader.Read();
            var before = _ends;
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                var isEmpty = IsEmptyObject(reader);
                Learn(ref reader, member);
                if (!isEmpty)
                {
                    continue;
                }
            }
            else if (reader.TokenType == JsonTokenType.StartArray)
            {
                reader.Skip();
                member.HasValue = true;
            }
            else if (reader.TokenType != JsonTokenType.Null)
            {
                member.HasValue = true;
            }

            _met++;
            if (member.FirstSeen < 0)
            {
                member.FirstSeen = before;
                _ends++;
            }
        }
    }

    private static bool IsEmptyObject(Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.EndObject;

    private JsonMember Add(JsonMember parent, string name)
    {
        if (++_members > TableLimits.Columns)
        {
            throw TableLimits.TooManyColumns();
        }

        return parent.Add(name, separator);
    }

    private static void Collect(JsonMember member, List<JsonMember> ends)
    {
        foreach (var inner in member.Members)
        {
            if (inner.FirstSeen >= 0 && (inner.HasValue || inner.Members.Count == 0))
            {
                ends.Add(inner);
            }

            Collect(inner, ends);
        }
    }

    private void Read(ref Utf8JsonReader reader, JsonMember parent, RowCells cells)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = parent.Find(ref reader) ?? throw new InvalidOperationException("This name is no text, so that it could not be learnt.");
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                Read(ref reader, member, cells);
            }
            else if (member.Column >= 0)
            {
                var earlier = cells.IsSet(member.Column) ? cells.Cell(member.Column).ToString() : null;
                _text.Put(ref reader, member.Column, cells);
                if (earlier is not null)
                {
                    cells.Note(member.Column, $"This member stands twice in its record. The last value was taken, an earlier one was: {Short(earlier)}");
                }
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static string Short(string text) => text.Length == 0 ? "(empty)" : text.Length <= 200 ? text : text[..200] + "…";
}
