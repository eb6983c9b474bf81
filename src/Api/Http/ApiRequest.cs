namespace Flatfile.Api;

/// <summary>One call before its attempts.</summary>
internal sealed class ApiRequest
{
    private ApiRequest(HttpMethod method, Uri address)
    {
        Method = method;
        Address = address;
    }

    public HttpMethod Method { get; }

    public Uri Address { get; }

    /// <summary>Makes the body anew for every attempt.</summary>
    public Func<AttemptLimit, HttpContent>? Content { get; init; }

    /// <summary>False once the body is spent and cannot be made again.</summary>
    public Func<bool> CanRepeat { get; init; } = () => true;

    public RequestOptions? Options { get; init; }

    /// <summary>Waits for the server's word before the body goes: a refusal then costs no transfer.</summary>
    public bool AsksFirst { get; init; }

    public static ApiRequest Get(Uri address, RequestOptions? options = null) => new(HttpMethod.Get, address) { Options = options };

    public static ApiRequest Delete(Uri address) => new(HttpMethod.Delete, address);

    public static ApiRequest Post(Uri address, Func<AttemptLimit, HttpContent>? content = null, RequestOptions? options = null) =>
        new(HttpMethod.Post, address) { Content = content, Options = options };

    /// <summary>A POST with a large body.</summary>
    public static ApiRequest Upload(Uri address, Func<AttemptLimit, HttpContent> content, RequestOptions? options, Func<bool> canRepeat) =>
        new(HttpMethod.Post, address) { Content = content, Options = options, CanRepeat = canRepeat, AsksFirst = true };

    public static ApiRequest Put(Uri address, Func<AttemptLimit, HttpContent> content, RequestOptions? options = null) =>
        new(HttpMethod.Put, address) { Content = content, Options = options };

    public static ApiRequest Patch(Uri address, Func<AttemptLimit, HttpContent> content, RequestOptions? options = null) =>
        new(HttpMethod.Patch, address) { Content = content, Options = options };
}
