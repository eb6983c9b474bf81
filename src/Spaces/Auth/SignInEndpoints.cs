using System.Globalization;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Auth.Users;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Auth;

/// <summary><c>/auth</c>: tokens for credentials, younger tokens for older ones, and personal access tokens. Every refusal looks the same.</summary>
internal sealed class SignInEndpoints(CentralStore central, AccessTokens tokens, Gatekeeper gatekeeper, Attempts attempts, SpacesOptions options, TimeProvider time) : IEndpoints
{
    private const int Longest = 200;

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("auth.createAccessToken", SignInAsync);
        routes.Map("auth.refreshToken", RefreshAsync);
        routes.Map("auth.listPersonalAccessTokens", async call => Answer.List(
            await central.ReadAsync(connection => PersonalTokens.List(connection, call.Caller.ActorId), call.Cancelled).ConfigureAwait(false)));
        routes.Map("auth.createPersonalAccessToken", CreatePersonalAsync);
        routes.Map("auth.deletePersonalAccessToken", call => call.WriteCentralAsync(change =>
        {
            PersonalTokens.Delete(change, call.Caller.ActorId, call.Route("accessTokenId"));
            return Answer.Success;
        }));
    }

    private static ApiRefusal Wrong() => new(401, new ApiFault(null, "These credentials are not good here."));

    private async Task<Answer> SignInAsync(ApiCall call)
    {
        attempts.Call(call.Http);
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        var (nameMember, secretMember) = given.Text("type") switch
        {
            "userCredentials" => ("email", "password"),
            "apiCredentials" => ("clientId", "secret"),
            _ => throw ApiRefusal.Bad("type", "'type' must be userCredentials (with email and password) or apiCredentials (with clientId and secret)."),
        };
        if (given.Text(nameMember) is not { Length: > 0 } name || given.Text(secretMember) is not { Length: > 0 } secret)
        {
            throw ApiRefusal.Bad(given.Text(nameMember) is { Length: > 0 } ? secretMember : nameMember, $"These credentials are the texts '{nameMember}' and '{secretMember}'.");
        }

        attempts.MayTry(call.Http, name);
        var subject = nameMember == "email"
            ? await ByPasswordAsync(name, secret, call.Cancelled).ConfigureAwait(false)
            : await ByClientAsync(name, secret, call.Cancelled).ConfigureAwait(false);
        if (subject is null)
        {
            attempts.Failed(call.Http, name);
            throw Wrong();
        }

        return await AnswerAsync(subject, call.Cancelled).ConfigureAwait(false);
    }

    /// <summary>The token itself is the body. One that was good when the bearer signed in long ago does not go on for ever.</summary>
    private async Task<Answer> RefreshAsync(ApiCall call)
    {
        attempts.Call(call.Http);
        if (RequestBody.Parse(await call.ReadBytesAsync().ConfigureAwait(false)) is not JsonValue text || !text.TryGetValue<string>(out var token))
        {
            throw ApiRefusal.Bad(null, "The body is the token, as a JSON text.");
        }

        if (await tokens.OpenAsync(token, call.Cancelled).ConfigureAwait(false) is not { } opened
            || await gatekeeper.RecogniseAsync(token, call.Cancelled).ConfigureAwait(false) is null
            || time.GetUtcNow() - opened.SignedIn >= options.LongestSession)
        {
            throw Wrong();
        }

        var life = opened.Caller.Kind == PrincipalKind.Guest ? options.GuestTokenLife : options.AccessTokenLife;
        return Tokens(opened.Renew(life), life, opened.Caller);
    }

    private async Task<Answer> CreatePersonalAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        if (given.Text("name") is not { Length: > 0 and <= Longest } name)
        {
            throw ApiRefusal.Bad("name", $"A personal access token needs a 'name' of 1 to {Longest} characters.");
        }

        return await call.WriteCentralAsync(
            change =>
            {
                var (token, body) = PersonalTokens.Add(change, call.Caller.ActorId, name);
                var stored = new JsonObject { ["personalAccessToken"] = body };
                var recipe = Answer.Data(stored).Body;
                stored["token"] = token;
                return Answer.Data(stored).WithRecipe(recipe);
            },
            (_, stored) => Answer.Json(stored)).ConfigureAwait(false);
    }

    private async Task<string?> ByPasswordAsync(string email, string password, CancellationToken cancellationToken)
    {
        var row = EmailAddress.TryRead(email.Trim(), out var address)
            ? await central.ReadAsync(
                connection => connection.Row("SELECT id, password FROM users WHERE email = $email", found => Tuple.Create(found.GetString(0), found.Text(1)), ("$email", address)),
                cancellationToken).ConfigureAwait(false)
            : null;
        var fits = await Password.FitsAsync(password.Length <= Password.Longest ? password : "", row?.Item2, cancellationToken).ConfigureAwait(false);
        return fits ? row!.Item1 : null;
    }

    /// <summary>A client of a user, or a secret key under its id.</summary>
    private async Task<string?> ByClientAsync(string clientId, string secret, CancellationToken cancellationToken)
    {
        if (SecretKey.Fits(secret))
        {
            var caller = await gatekeeper.RecogniseAsync(secret, cancellationToken).ConfigureAwait(false);
            return caller?.ActorId == clientId ? clientId : null;
        }

        return await central.ReadAsync(connection => ApiClients.OwnerOf(connection, clientId, secret), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Answer> AnswerAsync(string subject, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var token = tokens.OfKey(subject) is not null
            ? tokens.OfKey(subject, options.AccessTokenLife, now)
            : tokens.OfUser(
                subject, await central.ReadAsync(connection => UserStore.Generation(connection, subject), cancellationToken).ConfigureAwait(false), options.AccessTokenLife, now);
        return Tokens(token, options.AccessTokenLife, await tokens.FindAsync(token, cancellationToken).ConfigureAwait(false) ?? throw Wrong());
    }

    /// <summary>The types say the answer is bare, the habit says it is under <c>data</c>: it is both.</summary>
    private Answer Tokens(string token, TimeSpan life, Principal caller)
    {
        var body = new JsonObject
        {
            ["accessToken"] = token,
            ["expiresIn"] = ((long)life.TotalSeconds).ToString(CultureInfo.InvariantCulture),
            ["expires"] = Wire.Time(time.GetUtcNow() + life),
            ["accountId"] = caller.AccountId,
        };
        if (caller.Email.Length > 0)
        {
            body["email"] = caller.Email;
            body["userId"] = caller.ActorId;
        }

        var both = (JsonObject)body.DeepClone();
        both["data"] = body;
        return Answer.Json(writer => both.WriteTo(writer));
    }
}
