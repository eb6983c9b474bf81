namespace Flatfile.Agent.Handlers.Validation;

/// <summary>An address of the web: http or https with a host.</summary>
public sealed class UrlCheck : ValueCheck
{
    /// <inheritdoc />
    public override string Name => "url";

    /// <inheritdoc />
    public override CheckResult Check(string value)
    {
        var text = value.Trim();
        if (IsWeb(text, out var uri))
        {
            return text.Contains(' ') ? new CheckResult($"'{value}' holds a blank. Remove it, or write %20.", uri.AbsoluteUri) : Right(value, text);
        }

        if (text.Contains("://", StringComparison.Ordinal))
        {
            return new CheckResult($"'{value}' is no address of the web. Write one such as https://example.com.");
        }

        var guess = "https://" + text;
        return IsWeb(guess, out _) && text.Contains('.') && !text.Contains('@') && !text.Contains(' ')
            ? new CheckResult($"'{value}' has no scheme. Write {guess}.", guess)
            : new CheckResult($"'{value}' is no address of the web. Write one such as https://example.com.");
    }

    private static bool IsWeb(string text, out Uri uri) =>
        Uri.TryCreate(text, UriKind.Absolute, out uri!) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.HostNameType != UriHostNameType.Unknown && (uri.Host.Contains('.') || uri.IsLoopback || uri.HostNameType == UriHostNameType.IPv6);
}
