using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Xml;

/// <summary>Watches the text of an XML file on its way to the parser, which itself takes tags, nesting and records of any size.</summary>
internal sealed class XmlGuard(TextReader inner) : TextReader
{
    private const int MaxTag = 1024 * 1024;
    private const int MaxAttributes = 2_000;

    private readonly char[] _start = new char[9];
    private int _startLength;
    private State _state;
    private char _quote;
    private char _previous;
    private char _beforePrevious;
    private bool _isClosing;
    private int _tag;
    private int _attributes;
    private int _depth;
    private long _line = 1;
    private long _count;
    private long _limit = long.MaxValue;

    private enum State
    {
        Text,
        Start,
        Tag,
        Quoted,
        Comment,
        CData,
        Instruction,
    }

    /// <summary>Here a record may begin: as many characters may follow as one may have.</summary>
    public void Mark() => _limit = _count + TableLimits.XmlRecord;

    /// <summary>A record of any size may follow, because nothing of it is kept.</summary>
    public void Unmark() => _limit = long.MaxValue;

    public override int Read(char[] buffer, int index, int count)
    {
        var read = inner.Read(buffer, index, count);
        Watch(buffer.AsSpan(index, read));
        _count += read;
        if (_count > _limit)
        {
            throw new UnreadableFileException(
                $"A record of this file, near line {_line}, is longer than {TableLimits.XmlRecord / 1024 / 1024} million characters, the limit. Check that its tags are closed, or give the reading option 'recordPath' for the elements that are the records.");
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Watch(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (_state == State.Text)
            {
                var open = text.IndexOf('<');
                _line += text[..(open < 0 ? text.Length : open)].Count('\n');
                if (open < 0)
                {
                    return;
                }

                text = text[(open + 1)..];
                (_state, _startLength, _tag, _attributes, _isClosing) = (State.Start, 0, 0, 0, false);
                (_previous, _beforePrevious) = ('<', '\0');
                continue;
            }

            Step(text[0]);
            text = text[1..];
        }
    }

    private void Step(char c)
    {
        _line += c == '\n' ? 1 : 0;
        switch (_state)
        {
            case State.Start:
                Begin(c);
                break;
            case State.Tag:
                InTag(c);
                break;
            case State.Quoted:
                Grow();
                _state = c == _quote ? State.Tag : State.Quoted;
                break;
            case State.Comment when c != '>' || _tag < 2 || _previous != '-' || _beforePrevious != '-':
                // The dashes of the opening are none of the closing.
                _tag = Math.Min(2, _tag + 1);
                break;
            case State.Comment:
            case State.CData when c == '>' && _previous == ']' && _beforePrevious == ']':
            case State.Instruction when c == '>' && _previous == '?':
                _state = State.Text;
                break;
        }

        (_beforePrevious, _previous) = (_previous, c);
    }

    /// <summary>The first characters behind <c>&lt;</c> tell what it opens.</summary>
    private void Begin(char c)
    {
        _start[_startLength++] = c;
        var start = _start.AsSpan(0, _startLength);
        if (start[0] == '?')
        {
            _state = State.Instruction;
        }
        else if (start[0] != '!')
        {
            _isClosing = c == '/';
            _state = State.Tag;
            InTag(c);
        }
        else if (start.SequenceEqual("!--"))
        {
            _state = State.Comment;
            _tag = 0;
        }
        else if (start.SequenceEqual("![CDATA["))
        {
            _state = State.CData;
        }
        else if (!"!--".AsSpan().StartsWith(start) && !"![CDATA[".AsSpan().StartsWith(start))
        {
            throw new UnreadableFileException(
                $"This XML file has a document type definition in line {_line} (<!DOCTYPE …>), which is not read because it can pull in other files or grow without end. Remove it, or export the file without it, and upload it again.");
        }
    }

    private void InTag(char c)
    {
        Grow();
        switch (c)
        {
            case '"' or '\'':
                (_state, _quote) = (State.Quoted, c);
                break;
            case '=' when ++_attributes > MaxAttributes:
                throw new UnreadableFileException($"An element of this file, in line {_line}, has more than {MaxAttributes:N0} attributes, the limit. Correct it and upload the file again.");
            case '>':
                _state = State.Text;
                _depth += _isClosing ? -1 : _previous == '/' ? 0 : 1;
                if (_depth > TableLimits.XmlDepth)
                {
                    throw new UnreadableFileException($"This file nests its elements more than {TableLimits.XmlDepth} levels deep in line {_line}, the limit. Check that its tags are closed, and upload it again.");
                }

                break;
        }
    }

    private void Grow()
    {
        if (++_tag > MaxTag)
        {
            throw new UnreadableFileException($"A tag of this file, near line {_line}, is longer than {MaxTag / 1024 / 1024} million characters, the limit. Check that its quotes are closed, and upload the file again.");
        }
    }
}
