using Flatfile.Spaces.Storage;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Spaces.Auth;

/// <summary>Decides who a request is from. Every refusal looks the same.</summary>
internal sealed class Gatekeeper(KeyRing ring, AccessTokens tokens, PersonalTokens personal, CentralStore central, Reach reach, SpacesOptions options)
{
    private const string Scheme = "Bearer ";

    /// <summary>The caller; null when the request shows nothing that is good here.</summary>
    public async ValueTask<Principal?> RecogniseAsync(HttpRequest request)
    {
        var headers = request.Headers.Authorization;
        return headers.Count == 1 && headers[0] is { } header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? await RecogniseAsync(header[Scheme.Length..].Trim(), request.HttpContext.RequestAborted).ConfigureAwait(false)
            : null;
    }

    /// <summary>The caller a key or token is of, wherever it stood.</summary>
    public async ValueTask<Principal?> RecogniseAsync(string token, CancellationToken cancellationToken)
    {
        if (ring.FindProcess(token) is { } own)
        {
            return tokens.Of(own);
        }

        var caller = ring.Find(token) is { } key ? tokens.Of(key)
            : PersonalTokens.Fits(token) ? await personal.FindAsync(token, cancellationToken).ConfigureAwait(false)
            : await tokens.FindAsync(token, cancellationToken).ConfigureAwait(false);
        return caller is not null && MayCome(caller) ? caller : null;
    }

    /// <summary>A request without credentials.</summary>
    public Principal Nobody() => Principal.Nobody(central.AccountId);

    /// <summary>The development key lies in a file, and it, and what was made with it, opens everything: not while others reach this server.</summary>
    private bool MayCome(Principal caller) =>
        ring.ById(caller.ActorId) is not { IsDevelopment: true } || !reach.BeyondLoopback || options.AllowDevelopmentKeyBeyondLoopback;
}
