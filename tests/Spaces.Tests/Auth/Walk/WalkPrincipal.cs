using Flatfile.Spaces.Http.Operations;

namespace Flatfile.Spaces.Tests.Auth.Walk;

/// <summary>Somebody who calls, and what the table promises to it.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Sort">What sort of caller.</param>
/// <param name="Token">What it shows; null for nothing.</param>
/// <param name="Client">Sends the token.</param>
internal sealed record WalkPrincipal(string Name, WalkSort Sort, string? Token, HttpClient Client)
{
    /// <summary>Its role in places, by their name.</summary>
    public Dictionary<string, Right> Roles { get; init; } = [];

    /// <summary>What it may try anywhere, written down here apart from the code under test.</summary>
    public bool MayTry(Right right) => Sort switch
    {
        WalkSort.Publishable => right is Right.Public or Right.Publishable,
        WalkSort.Guest => right is Right.Public or Right.Caller or Right.Viewer or Right.Editor,
        WalkSort.User => right is Right.Public or Right.Caller or Right.User or Right.Viewer or Right.Editor or Right.Admin or Right.Owner,
        WalkSort.Secret => right is not Right.Account,
        WalkSort.Account => true,
        _ => right is Right.Public,
    };
}
