using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Flatfile.Agent.Host.Dashboard.Markup;

/// <summary>Takes an interpolated text apart: what is written stays, what is put in is encoded. Kinds of values it does not know do not compile.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlWriter
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text;

    public HtmlWriter(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (formattedCount * 16));

    public void AppendLiteral(string text) => _text.Append(text);

    public void AppendFormatted(string? value) => _text.Append(value is null ? null : Encoder.Encode(value));

    public void AppendFormatted(long value) => _text.Append(value.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(Html? value) => _text.Append(value);

    public void AppendFormatted(IEnumerable<Html> values) => _text.AppendJoin(null, values);

    public string Written() => _text.ToString();
}
