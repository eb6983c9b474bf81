namespace Flatfile.Agent.Handlers.Webhooks;

/// <summary>Where messages may go.</summary>
internal static class WebhookTarget
{
    // Services that would take a request for something else.
    private static readonly HashSet<int> OtherServices = [1433, 1521, 2049, 2375, 2376, 3306, 3389, 5432, 5672, 5984, 6379, 6443, 9042, 9200, 11211, 27017];

    /// <summary>The address, when nothing but its name speaks against it.</summary>
    /// <param name="url">As it was written.</param>
    /// <param name="privateHosts">Hosts that may have any address and port.</param>
    /// <exception cref="WebhookRefusedException">It is no address that may be sent to; nothing was sent.</exception>
    public static Uri Of(string? url, IReadOnlyCollection<string> privateHosts)
    {
        if (string.IsNullOrWhiteSpace(url))
        {
            throw new WebhookRefusedException("No address is set to send to. Set Url of the webhook in the settings.");
        }

        if (url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\') || !Uri.TryCreate(url, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp) || address.Host.Length == 0)
        {
            throw new WebhookRefusedException("The address to send to is none of the form https://host/path. Correct Url of the webhook.");
        }

        if (address.UserInfo.Length > 0 || address.Fragment.Length > 0)
        {
            throw new WebhookRefusedException("The address to send to holds a user name or a fragment. Leave them out; give credentials as a header of the webhook.");
        }

        if (address.Host.Any(c => !char.IsAscii(c) && !char.IsLetter(c)))
        {
            throw new WebhookRefusedException("The host to send to is written with signs that only look like digits or letters. Write it as it is registered, or in its form xn--….");
        }

        // A closing dot means nothing to who connects, and everything to who compares.
        address = new UriBuilder(address) { Host = address.IdnHost.TrimEnd('.') }.Uri;
        var isCommon = address.Port is 80 or 443 || (address.Port >= 1024 && !OtherServices.Contains(address.Port));
        return isCommon || IsIn(privateHosts, address)
            ? address
            : throw new WebhookRefusedException($"Port {address.Port} of the address to send to belongs to another kind of service. Use 80, 443 or a port of 1024 and above, or add the host to PrivateHosts.");
    }

    /// <summary>True when the list names the host of an address.</summary>
    public static bool IsIn(IReadOnlyCollection<string> hosts, Uri address) =>
        hosts.Contains(address.IdnHost, StringComparer.OrdinalIgnoreCase) || hosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase);
}
