using Flatfile.Spaces.Http.Operations;

namespace Flatfile.Spaces.Auth;

/// <summary>Who calls: a key, the one environment it sees, and how far its right goes there.</summary>
internal sealed record Principal(string KeyId, string EnvironmentId, string AccountId, Right Right)
{
    /// <summary>Stands in events and <c>createdBy</c>.</summary>
    public string ActorId => KeyId;

    /// <summary>Whether it may manage the account's environments and keys.</summary>
    public bool ManagesAccount => Right == Right.Account;

    /// <summary>A request without credentials, let in by operations that prove their caller otherwise.</summary>
    public static Principal Nobody(string accountId) => new("", "", accountId, Right.Public);
}
