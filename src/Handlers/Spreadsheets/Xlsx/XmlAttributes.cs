using System.Runtime.CompilerServices;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xlsx;

/// <summary>Walks through the attributes of a tag.</summary>
/// <param name="inside">What stands between a tag's name and its end.</param>
internal ref struct XmlAttributes(ReadOnlySpan<byte> inside)
{
    private ReadOnlySpan<byte> _rest = inside;

    /// <summary>With its prefix.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>As it stands between the quotes.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Moves to the next attribute.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Read()
    {
        var start = 0;
        while (start < _rest.Length && _rest[start] <= ' ')
        {
            start++;
        }

        var equals = start;
        while (equals < _rest.Length && _rest[equals] != '=')
        {
            equals++;
        }

        var open = equals + 1;
        while (open < _rest.Length && _rest[open] <= ' ')
        {
            open++;
        }

        if (open >= _rest.Length)
        {
            return false;
        }

        var close = open + 1;
        while (close < _rest.Length && _rest[close] != _rest[open])
        {
            close++;
        }

        if (close == _rest.Length)
        {
            return false;
        }

        var name = _rest[start..equals];
        Name = name.Length > 1 ? name.TrimEnd(" \t\r\n"u8) : name;
        Value = _rest[(open + 1)..close];
        _rest = _rest[(close + 1)..];
        return true;
    }
}
