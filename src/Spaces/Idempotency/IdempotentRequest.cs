using Flatfile.Spaces.Http;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Spaces.Idempotency;

/// <summary>A POST that names itself, so that its repeat can be told from a new one.</summary>
/// <param name="Key">The header <c>Idempotency-Key</c>.</param>
/// <param name="Target">Method, path and query.</param>
/// <param name="Fingerprint">The hash of the body.</param>
internal sealed record IdempotentRequest(string Key, string Target, byte[] Fingerprint)
{
    private const int Longest = 255;

    /// <summary>The request of a call; null when it is no POST or names no key.</summary>
    public static IdempotentRequest? Of(ApiCall call)
    {
        var request = call.Http.Request;
        var keys = request.Headers["Idempotency-Key"];
        if (!HttpMethods.IsPost(request.Method) || keys.Count == 0)
        {
            return null;
        }

        var key = keys.ToString();
        if (keys.Count > 1 || key.Length is 0 or > Longest || key.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0)
        {
            throw ApiRefusal.Bad("Idempotency-Key", $"'Idempotency-Key' must be given once, with 1 to {Longest} visible ASCII characters.");
        }

        return new IdempotentRequest(key, $"POST {request.Path}{request.QueryString}", call.Fingerprint);
    }
}
