namespace Flatfile.Spaces.Auth.Roles;

/// <summary>A role to be given on a resource, checked.</summary>
internal sealed record GivenRole(string RoleId, string ResourceId);
