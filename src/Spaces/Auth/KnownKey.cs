namespace Flatfile.Spaces.Auth;

/// <summary>A key as the ring holds it.</summary>
internal sealed record KnownKey(string Id, byte[] Hash, string EnvironmentId, bool IsDevelopment, bool IsPublishable)
{
    /// <summary>What the key makes of its bearer.</summary>
    public PrincipalKind Kind => IsDevelopment ? PrincipalKind.Account : IsPublishable ? PrincipalKind.Publishable : PrincipalKind.Environment;
}
