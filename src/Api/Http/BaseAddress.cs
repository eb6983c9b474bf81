namespace Flatfile.Api;

/// <summary>The one origin the client speaks to, and the only way to an address on it.</summary>
internal sealed class BaseAddress
{
    private const int LongestRelative = 8 * 1024;

    private readonly Uri _root;

    public BaseAddress(Uri given)
    {
        if (!given.IsAbsoluteUri || given.Scheme is not ("http" or "https") || given.UserInfo.Length > 0 || given.Host.Length == 0)
        {
            throw new ArgumentException("The address of the API must be an absolute http or https address without user name, such as http://127.0.0.1:9700.");
        }

        var path = given.AbsolutePath.TrimEnd('/');
        if (path.EndsWith("/v1", StringComparison.Ordinal))
        {
            path = path[..^"/v1".Length];
        }

        _root = new Uri(given.GetLeftPart(UriPartial.Authority) + path + "/");
        Api = new Uri(_root, "v1/");
    }

    /// <summary>Ends in <c>/v1/</c>.</summary>
    public Uri Api { get; }

    public Uri Of(string pathBelowApi) => new(Api, pathBelowApi);

    /// <summary>A path beside <c>v1/</c>.</summary>
    public Uri OfRoot(string path) => new(_root, path);

    /// <summary>Joins a path taken from an event; anything that is not a path below <c>/v1/</c> of this origin is refused.</summary>
    /// <exception cref="ForeignAddressException">The address leads, or could lead, elsewhere.</exception>
    public Uri OfRelative(string relative)
    {
        if (relative.Length > LongestRelative
            || relative.Any(c => c is '\\' or '#' || char.IsControl(c))
            || relative.StartsWith("//", StringComparison.Ordinal))
        {
            throw new ForeignAddressException();
        }

        var path = relative.TrimStart('/');
        if (!path.StartsWith("v1/", StringComparison.Ordinal)
            || !Uri.TryCreate(_root.AbsoluteUri + path, UriKind.Absolute, out var address)
            || !IsOurs(address))
        {
            throw new ForeignAddressException();
        }

        return address;
    }

    private bool IsOurs(Uri address) =>
        address.Scheme == Api.Scheme
        && address.Host == Api.Host
        && address.Port == Api.Port
        && address.UserInfo.Length == 0
        && address.AbsolutePath.StartsWith(Api.AbsolutePath, StringComparison.Ordinal);
}
