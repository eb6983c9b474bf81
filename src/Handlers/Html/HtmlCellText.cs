using System.Text;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Html;

/// <summary>The text of a cell as a browser shows it: runs of blanks are one, line breaks and blocks begin a line.</summary>
internal sealed class HtmlCellText
{
    private static readonly HashSet<string> Blocks =
        ["address", "article", "blockquote", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "ul"];

    private readonly StringBuilder _text = new();
    private bool _wantsBlank;
    private bool _wantsLine;

    public void Append(StringBuilder text)
    {
        foreach (var chunk in text.GetChunks())
        {
            foreach (var c in chunk.Span)
            {
                Append(c);
            }
        }

        if (_text.Length > TableLimits.XmlRecord)
        {
            throw new UnreadableFileException($"A cell of this file is longer than {TableLimits.XmlRecord / 1024 / 1024} million characters, the limit. Check that its tags are closed, and upload the file again.");
        }
    }

    /// <summary>A tag inside the cell.</summary>
    public void Meet(string tag)
    {
        if (tag == "br")
        {
            TrimBlank();
            _text.Append(_text.Length > 0 ? "\n" : "");
        }
        else if (Blocks.Contains(tag))
        {
            _wantsLine = true;
        }
    }

    /// <summary>The text, without blanks around it; the object is empty then.</summary>
    public string Take()
    {
        // A no-break space alone is how programs write an empty cell.
        var text = _text.ToString().Trim();
        _text.Clear();
        (_wantsBlank, _wantsLine) = (false, false);
        return text;
    }

    private void Append(char c)
    {
        if (c is ' ' or '\t' or '\n' or '\r' or '\f')
        {
            _wantsBlank = true;
            return;
        }

        if (_text.Length > 0 && _text[^1] != '\n')
        {
            _text.Append(_wantsLine ? "\n" : _wantsBlank ? " " : "");
        }

        (_wantsBlank, _wantsLine) = (false, false);
        _text.Append(c);
    }

    private void TrimBlank() => (_wantsBlank, _wantsLine) = (false, false);
}
