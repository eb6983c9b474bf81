namespace Flatfile.Spaces.Auth;

/// <summary>Who calls: a key, the one environment it sees, and whether it may manage the account's environments and keys.</summary>
internal sealed record Principal(string KeyId, string EnvironmentId, string AccountId, bool ManagesAccount)
{
    /// <summary>Stands in events and <c>createdBy</c>.</summary>
    public string ActorId => KeyId;
}
