using Flatfile.Spaces.Http.Operations;
using Flatfile.Spaces.Storage;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Spaces.Auth;

/// <summary>Decides who a request is from. Every refusal looks the same.</summary>
internal sealed class Gatekeeper(KeyRing ring, CentralStore central, Reach reach, SpacesOptions options)
{
    private const string Scheme = "Bearer ";

    /// <summary>The caller; null when the request shows no good key.</summary>
    public Principal? Recognise(HttpRequest request)
    {
        var headers = request.Headers.Authorization;
        if (headers.Count != 1 || headers[0] is not { } header || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || ring.Find(header[Scheme.Length..].Trim()) is not { } key)
        {
            return null;
        }

        if (key.IsDevelopment && reach.BeyondLoopback && !options.AllowDevelopmentKeyBeyondLoopback)
        {
            return null;
        }

        return new Principal(key.Id, key.EnvironmentId, central.AccountId, key.IsDevelopment ? Right.Account : Right.Environment);
    }
}
