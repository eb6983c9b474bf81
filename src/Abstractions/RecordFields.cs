using System.Text;
using System.Text.Json;

namespace Flatfile.Agent;

/// <summary>The keys of fields, numbered in the order they were met. The rows of one answer share them: a key is one text, not one for each row.</summary>
internal sealed class RecordFields
{
    private readonly List<(string Key, byte[] Utf8)> _keys = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public int Count => _keys.Count;

    public string this[int number] => _keys[number].Key;

    /// <summary>The field's number; -1 when no row had it.</summary>
    public int Find(string key) => _numbers.GetValueOrDefault(key, -1);

    /// <summary>The number of the field a property names. Rows name their fields in one order, so the expected one is tried first.</summary>
    public int Of(ref Utf8JsonReader property, int expected)
    {
        if (expected < _keys.Count && property.ValueTextEquals(_keys[expected].Utf8))
        {
            return expected;
        }

        var key = property.GetString()!;
        if (!_numbers.TryGetValue(key, out var number))
        {
            number = _keys.Count;
            _keys.Add((key, Encoding.UTF8.GetBytes(key)));
            _numbers.Add(key, number);
        }

        return number;
    }
}
