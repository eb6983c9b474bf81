using Flatfile.Spaces.Http.Operations;

namespace Flatfile.Spaces.Auth.Roles;

/// <summary>A role an actor was given on the account, an environment or a space.</summary>
internal sealed record ActorRole(string ResourceId, Right Right);
