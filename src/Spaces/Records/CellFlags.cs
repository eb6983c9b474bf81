using System.Globalization;
using System.Text;

namespace Flatfile.Spaces.Records;

/// <summary>The flags of one row's cells, in and out of their text.</summary>
internal sealed class CellFlags
{
    private readonly List<(int Column, string Flag)> _flags = [];

    public bool IsEmpty => _flags.Count == 0;

    /// <summary>Reads a row's flags in place of those held.</summary>
    public void Load(ReadOnlySpan<byte> text)
    {
        _flags.Clear();
        foreach (var range in text.Split((byte)','))
        {
            var part = text[range];
            var digits = part.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (digits > 0)
            {
                _flags.Add((int.Parse(part[..digits], CultureInfo.InvariantCulture), Known(part[digits..])));
            }
        }
    }

    public void Clear() => _flags.Clear();

    public void Add(int column, char letter) => _flags.Add((column, Known(letter)));

    public void Add(int column, string flag) => _flags.Add((column, flag));

    /// <summary>Puts or takes a flag; an argument after a colon is replaced.</summary>
    public void Set(int column, string flag, string? argument, bool on)
    {
        _flags.RemoveAll(entry => entry.Column == column && (entry.Flag == flag || entry.Flag.StartsWith(flag + ":", StringComparison.Ordinal)));
        if (on)
        {
            _flags.Add((column, argument is null ? flag : $"{flag}:{argument}"));
        }
    }

    public void Remove(int column, Func<char, bool> which) => _flags.RemoveAll(entry => entry.Column == column && which(entry.Flag[0]));

    public void RemoveAll(Func<int, char, bool> which) => _flags.RemoveAll(entry => which(entry.Column, entry.Flag[0]));

    /// <summary>Calls for each flag of a column without allocating.</summary>
    public Enumerator Of(int column) => new(_flags, column);

    public bool Has(int column, string flag) => _flags.Exists(entry => entry.Column == column && entry.Flag == flag);

    /// <summary>The text to store; nothing when there is no flag.</summary>
    public string? ToText()
    {
        if (_flags.Count == 0)
        {
            return null;
        }

        _flags.Sort(static (a, b) => a.Column != b.Column ? a.Column.CompareTo(b.Column) : string.CompareOrdinal(a.Flag, b.Flag));
        var text = new StringBuilder(",");
        foreach (var (column, flag) in _flags)
        {
            text.Append(CultureInfo.InvariantCulture, $"{column}{flag},");
        }

        return text.ToString();
    }

    /// <summary>The columns with an error, as <c>,3,17,</c>; nothing when the row is valid.</summary>
    public string? Errors(SheetSchema schema)
    {
        StringBuilder? text = null;
        var last = -1;
        _flags.Sort(static (a, b) => a.Column != b.Column ? a.Column.CompareTo(b.Column) : string.CompareOrdinal(a.Flag, b.Flag));
        foreach (var (column, flag) in _flags)
        {
            if (column != last && schema.IsError(column, flag))
            {
                text ??= new StringBuilder(",");
                text.Append(CultureInfo.InvariantCulture, $"{column},");
                last = column;
            }
        }

        return text?.ToString();
    }

    private static string Known(ReadOnlySpan<byte> flag) => flag.Length == 1 ? Known((char)flag[0]) : Encoding.ASCII.GetString(flag);

    private static string Known(char letter) => letter switch
    {
        CellFlag.Required => "r",
        CellFlag.InvalidValue => "v",
        CellFlag.InvalidOption => "o",
        CellFlag.Unique => "u",
        CellFlag.Unlinked => "l",
        CellFlag.CustomError => "x",
        CellFlag.CustomWarning => "w",
        CellFlag.CustomInfo => "i",
        _ => letter.ToString(),
    };

    /// <summary>The flags of one column.</summary>
    public struct Enumerator(List<(int Column, string Flag)> flags, int column)
    {
        private int _index = -1;

        public readonly string Current => flags[_index].Flag;

        public readonly Enumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            while (++_index < flags.Count)
            {
                if (flags[_index].Column == column)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
