namespace Flatfile.Spaces.Auth;

/// <summary>A key as the ring holds it.</summary>
internal sealed record KnownKey(string Id, byte[] Hash, string EnvironmentId, bool IsDevelopment);
