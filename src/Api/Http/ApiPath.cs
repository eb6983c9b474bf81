using System.Runtime.CompilerServices;
using System.Text;

namespace Flatfile.Api;

/// <summary>A path below <c>/v1/</c> whose holes are escaped, so that no id can leave its segment.</summary>
[InterpolatedStringHandler]
internal readonly ref struct ApiPath
{
    private readonly StringBuilder _text;

    public ApiPath(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (formattedCount * 16));

    public void AppendLiteral(string literal) => _text.Append(literal);

    public void AppendFormatted(string id)
    {
        if (string.IsNullOrWhiteSpace(id) || id is "." or "..")
        {
            throw new ArgumentException($"'{id}' is no id; the call was not sent.", nameof(id));
        }

        _text.Append(Uri.EscapeDataString(id));
    }

    public void AppendFormatted(ApiQuery query) => _text.Append(query.ToString());

    public override string ToString() => _text.ToString();
}
