using System.Globalization;
using System.Text;

namespace Flatfile.Api;

/// <summary>Builds a query; absent values are left out, lists repeat their name.</summary>
internal sealed class ApiQuery
{
    private readonly StringBuilder _text = new();

    public ApiQuery Add(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_text.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public ApiQuery Add(string name, bool? value) => Add(name, value switch { true => "true", false => "false", null => null });

    public ApiQuery Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public ApiQuery Add(string name, DateTimeOffset? value) => Add(name, value is { } time ? WireDateConverter.Format(time) : null);

    public ApiQuery Add(string name, IEnumerable<string>? values)
    {
        foreach (var value in values ?? [])
        {
            Add(name, value);
        }

        return this;
    }

    public override string ToString() => _text.ToString();
}
