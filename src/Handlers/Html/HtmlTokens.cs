using System.Globalization;
using System.Text;

namespace Flatfile.Agent.Handlers.Html;

/// <summary>Cuts HTML into tags and text as browsers do, from the front, in a buffer of fixed size. Scripts, styles and comments are passed over.</summary>
internal sealed class HtmlTokens(TextReader text)
{
    private const int Ahead = 64;
    private const int MaxText = 16 * 1024;
    private const int MaxName = 64;

    private static readonly HashSet<string> Raw = ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"];

    private readonly char[] _buffer = new char[32 * 1024];
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _name = new();
    private readonly StringBuilder _value = new();
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>What was read.</summary>
    public HtmlToken Kind { get; private set; }

    /// <summary>The tag's name in lower case.</summary>
    public string Name { get; private set; } = "";

    /// <summary>A piece of text with its entities resolved; a long text comes in several.</summary>
    public StringBuilder Text => _text;

    /// <summary>The tag's attribute <c>colspan</c>, 1 when it has none.</summary>
    public int ColumnSpan { get; private set; }

    /// <summary>The tag's attribute <c>rowspan</c>, 1 when it has none.</summary>
    public int RowSpan { get; private set; }

    /// <returns>False at the end of the file.</returns>
    public bool Read()
    {
        while (Peek(0) is var c and >= 0)
        {
            var next = c == '<' ? Peek(1) : -1;
            if (c == '<' && (IsLetter(next) || (next == '/' && IsLetter(Peek(2)))))
            {
                ReadTag(isEnd: next == '/');
                return true;
            }

            if (c == '<' && next is '!' or '?' or '/')
            {
                SkipComment();
                continue;
            }

            ReadText();
            return true;
        }

        return false;
    }

    private static bool IsLetter(int c) => c >= 0 && char.IsAsciiLetter((char)c);

    private static bool IsBlank(int c) => c is ' ' or '\t' or '\n' or '\r' or '\f';

    private static int Span(StringBuilder value) =>
        int.TryParse(value.ToString().AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var span) && span > 0 ? span : 1;

    private void ReadText()
    {
        _text.Clear();
        Kind = HtmlToken.Text;
        do
        {
            if (Peek(0) == '&')
            {
                ReadEntity();
            }
            else
            {
                // A '<' that opens no tag is text; behind it the run goes on to the next that may.
                var run = _buffer.AsSpan(_start + 1, Math.Min(MaxText, _end - _start) - 1).IndexOfAny('<', '&');
                var length = run < 0 ? Math.Min(MaxText, _end - _start) : run + 1;
                _text.Append(_buffer, _start, length);
                Skip(length);
            }
        }
        while (_text.Length < MaxText && Peek(0) is >= 0 and not '<');
    }

    private void ReadTag(bool isEnd)
    {
        Skip(isEnd ? 2 : 1);
        _name.Clear();
        while (Peek(0) is var c and >= 0 && !IsBlank(c) && c is not ('/' or '>'))
        {
            AppendTo(_name, char.ToLowerInvariant((char)Take()));
        }

        (Kind, Name, ColumnSpan, RowSpan) = (isEnd ? HtmlToken.EndTag : HtmlToken.StartTag, _name.ToString(), 1, 1);
        while (ReadAttribute())
        {
        }

        if (!isEnd && Raw.Contains(Name))
        {
            SkipRaw(Name);
        }
    }

    /// <returns>False behind the tag.</returns>
    private bool ReadAttribute()
    {
        while (IsBlank(Peek(0)) || Peek(0) == '/')
        {
            Take();
        }

        if (Peek(0) is -1 or '>')
        {
            Skip(1);
            return false;
        }

        _name.Clear();
        do
        {
            AppendTo(_name, char.ToLowerInvariant((char)Take()));
        }
        while (Peek(0) is var c and >= 0 && !IsBlank(c) && c is not ('/' or '>' or '='));
        while (IsBlank(Peek(0)))
        {
            Take();
        }

        _value.Clear();
        if (Peek(0) == '=')
        {
            Take();
            ReadValue();
        }

        switch (_name.ToString())
        {
            case "colspan":
                ColumnSpan = Span(_value);
                break;
            case "rowspan":
                RowSpan = Span(_value);
                break;
        }

        return true;
    }

    private void ReadValue()
    {
        while (IsBlank(Peek(0)))
        {
            Take();
        }

        if (Peek(0) is var quote and ('"' or '\''))
        {
            Take();
            while (Peek(0) is var c and >= 0 && c != quote)
            {
                AppendTo(_value, (char)Take());
            }

            Take();
            return;
        }

        while (Peek(0) is var c and >= 0 && !IsBlank(c) && c != '>')
        {
            AppendTo(_value, (char)Take());
        }
    }

    /// <summary>Names and values that are looked at are short: of longer ones the rest is passed over.</summary>
    private static void AppendTo(StringBuilder builder, char c)
    {
        if (builder.Length < MaxName)
        {
            builder.Append(c);
        }
    }

    private void SkipComment()
    {
        var isComment = Peek(1) == '!' && Peek(2) == '-' && Peek(3) == '-';
        Skip(isComment ? 4 : 2);
        while (Peek(0) is var c and >= 0)
        {
            if (!isComment && c == '>')
            {
                Take();
                return;
            }

            if (isComment && c == '-' && Peek(1) == '-' && (Peek(2) == '>' || (Peek(2) == '!' && Peek(3) == '>')))
            {
                Skip(Peek(2) == '>' ? 3 : 4);
                return;
            }

            Take();
        }
    }

    /// <summary>Inside scripts and the like nothing is a tag but their own end.</summary>
    private void SkipRaw(string name)
    {
        while (Peek(0) is var c and >= 0)
        {
            if (c == '<' && Peek(1) == '/' && IsEndOf(name))
            {
                return;
            }

            Take();
        }
    }

    private bool IsEndOf(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (Peek(2 + i) is var c && (c < 0 || char.ToLowerInvariant((char)c) != name[i]))
            {
                return false;
            }
        }

        return Peek(2 + name.Length) is var after && (after is '/' or '>' || IsBlank(after));
    }

    private void ReadEntity()
    {
        var length = 1;
        while (length < Ahead - 2 && Peek(length) is var c and >= 0 && (char.IsAsciiLetterOrDigit((char)c) || (length == 1 && c == '#')))
        {
            length++;
        }

        var isClosed = Peek(length) == ';';
        var name = new string(_buffer, _start + 1, length - 1);
        if (HtmlEntity.Resolve(name, isClosed) is not var (resolved, used))
        {
            _text.Append((char)Take());
            return;
        }

        _text.Append(resolved);
        Skip(1 + used + (isClosed && used == name.Length ? 1 : 0));
    }

    private int Peek(int ahead)
    {
        if (_start + ahead >= _end && !Fill(ahead))
        {
            return -1;
        }

        return _buffer[_start + ahead];
    }

    private int Take()
    {
        var c = Peek(0);
        Skip(1);
        return c;
    }

    private void Skip(int count) => _start = Math.Min(_start + count, _end);

    /// <returns>True when that many characters stand ahead.</returns>
    private bool Fill(int ahead)
    {
        if (_ended)
        {
            return false;
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        while (_end < _buffer.Length && !_ended)
        {
            var read = text.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _ended = read == 0;
        }

        return ahead < _end;
    }
}
