using System.Globalization;

namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>One of the parts of a number format that semicolons divide: for positive numbers, for negative ones, or for those a condition names.</summary>
internal sealed class NumberSection
{
    /// <summary>More characters than a masked number ever has.</summary>
    public const int MaxMasked = 256;

    private const int MaxTokens = 200;
    private const string Grouping = " '.\u00A0\u2009\u202F\u2019";

    private readonly List<Token> _tokens = [];
    private bool _isDecimal;

    private NumberSection()
    {
    }

    /// <summary>Such as <c>&lt;=9999999</c>; null when there is none.</summary>
    public string? Condition { get; private set; }

    public bool HasDate { get; private set; }

    public bool HasTime { get; private set; }

    /// <summary>Hours, minutes or seconds that do not begin again: <c>[h]</c>.</summary>
    public bool IsDuration { get; private set; }

    public bool IsPercent { get; private set; }

    /// <summary>Whole numbers are shown with leading zeros or with signs between their digits.</summary>
    public bool IsMask { get; private set; }

    /// <summary>Divides a format at its semicolons.</summary>
    /// <returns>At least one part.</returns>
    public static IReadOnlyList<NumberSection> Split(string code)
    {
        var sections = new List<NumberSection>();
        for (var position = 0; position <= code.Length; position++)
        {
            var section = new NumberSection();
            position = section.Read(code, position);
            section.Judge();
            sections.Add(section);
        }

        return sections;
    }

    /// <summary>True when the condition holds.</summary>
    public bool Takes(double value)
    {
        if (Condition is not { } condition)
        {
            return true;
        }

        var sign = condition.AsSpan(0, condition.AsSpan().IndexOfAnyExcept("<>="));
        double.TryParse(condition.AsSpan(sign.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var limit);
        return sign switch
        {
            "<" => value < limit,
            "<=" => value <= limit,
            ">" => value > limit,
            ">=" => value >= limit,
            "<>" => value != limit,
            _ => value == limit,
        };
    }

    /// <summary>Writes a number with this part's zeros and signs.</summary>
    public int WriteMasked(long value, Span<char> target)
    {
        Span<char> digits = stackalloc char[20];
        value.TryFormat(digits, out var left, default, CultureInfo.InvariantCulture);
        left = value == 0 ? 0 : left;
        Span<char> backwards = stackalloc char[MaxMasked];
        var length = 0;
        var firstDigit = _tokens.FindIndex(t => t.IsDigit);
        for (var i = _tokens.Count - 1; i >= 0; i--)
        {
            var token = _tokens[i];
            if (!token.IsDigit)
            {
                backwards[length++] = token.Sign;
            }
            else if (left > 0)
            {
                backwards[length++] = digits[--left];
            }
            else if (token.Sign != '#')
            {
                backwards[length++] = token.Sign == '0' ? '0' : ' ';
            }

            while (i == firstDigit && left > 0)
            {
                backwards[length++] = digits[--left];
            }
        }

        var text = backwards[..length];
        text.Reverse();
        text.CopyTo(target);
        return length;
    }

    /// <returns>The place of the semicolon that ends the part, or the code's end.</returns>
    private int Read(string code, int position)
    {
        for (var before = '\0'; position < code.Length && code[position] != ';'; position++)
        {
            var c = char.ToLowerInvariant(code[position]);
            switch (c)
            {
                case '"':
                    var closing = code.IndexOf('"', position + 1);
                    closing = closing < 0 ? code.Length : closing;
                    foreach (var literal in code.AsSpan(position + 1, closing - position - 1))
                    {
                        Add(literal, isDigit: false);
                    }

                    position = closing;
                    break;
                case '\\' or '!' when position + 1 < code.Length:
                    Add(code[++position], isDigit: false);
                    break;
                case '_' or '*':
                    // A blank as wide as the next character, or that character to the cell's end: neither is part of the value.
                    position++;
                    break;
                case '[':
                    var end = code.IndexOf(']', position);
                    end = end < 0 ? code.Length : end;
                    Bracket(code.AsSpan(position + 1, end - position - 1), ref before);
                    position = end;
                    break;
                case 'a' when code.AsSpan(position).StartsWith("AM/PM", StringComparison.OrdinalIgnoreCase):
                    HasTime = true;
                    position += 4;
                    break;
                case 'a' when code.AsSpan(position).StartsWith("A/P", StringComparison.OrdinalIgnoreCase):
                    HasTime = true;
                    position += 2;
                    break;
                case 'g' when code.AsSpan(position).StartsWith("General", StringComparison.OrdinalIgnoreCase):
                    position += 6;
                    break;
                case 'e' when position + 1 < code.Length && code[position + 1] is '+' or '-':
                    _isDecimal = true;
                    break;
                case 'h' or 's':
                    HasTime = true;
                    before = c;
                    break;
                case 'm':
                    position += code.AsSpan(position).IndexOfAnyExcept('m', 'M') is var run and >= 0 ? run - 1 : code.Length - position - 1;
                    IsMinutes(code.AsSpan(position + 1), before);
                    before = c;
                    break;
                case 'y' or 'd' or 'e' or 'g' or 'b' or 'a':
                    HasDate = true;
                    before = c;
                    break;
                case '0' or '#' or '?':
                    Add(c, isDigit: true);
                    break;
                case '%':
                    IsPercent = true;
                    break;
                case '.' or ',' or '/':
                    _isDecimal = true;
                    break;
                default:
                    Add(code[position], isDigit: false);
                    break;
            }
        }

        return position;
    }

    /// <summary>An m counts minutes behind hours and before seconds, months elsewhere.</summary>
    private void IsMinutes(ReadOnlySpan<char> after, char before)
    {
        var next = after.IndexOfAny("yYdDhHsS;");
        if (before == 'h' || (next >= 0 && after[next] is 's' or 'S'))
        {
            HasTime = true;
        }
        else
        {
            HasDate = true;
        }
    }

    private void Bracket(ReadOnlySpan<char> inside, ref char before)
    {
        if (inside.IsEmpty)
        {
            return;
        }

        if (inside.IndexOfAnyExcept("hH") < 0 || inside.IndexOfAnyExcept("mM") < 0 || inside.IndexOfAnyExcept("sS") < 0)
        {
            IsDuration = true;
            before = 'h';
        }
        else if (inside[0] is '<' or '>' or '=' && inside.IndexOfAnyExcept("<>=") > 0)
        {
            Condition = inside.ToString();
        }
        else if (inside[0] == '$')
        {
            var dash = inside.IndexOf('-');
            foreach (var sign in inside[1..(dash < 0 ? inside.Length : dash)])
            {
                Add(sign, isDigit: false);
            }
        }
    }

    private void Add(char sign, bool isDigit)
    {
        if (_tokens.Count < MaxTokens)
        {
            _tokens.Add(new Token(sign, isDigit));
        }
    }

    private void Judge()
    {
        var first = _tokens.FindIndex(t => t.IsDigit);
        if (first < 0 || _isDecimal || IsPercent || HasDate || HasTime || IsDuration)
        {
            return;
        }

        var digits = _tokens.Skip(first).Take(_tokens.FindLastIndex(t => t.IsDigit) - first + 1).ToList();
        var padded = _tokens[first].Sign == '0' && digits.Count(t => t is { IsDigit: true, Sign: '0' }) > 1;
        var divided = digits.Any(t => !t.IsDigit && !Grouping.Contains(t.Sign, StringComparison.Ordinal));
        IsMask = padded || divided;
    }

    private readonly record struct Token(char Sign, bool IsDigit);
}
