namespace Flatfile.Spaces.Http;

/// <summary>One fault of a request: where (a member, parameter or header) and what.</summary>
internal readonly record struct ApiFault(string? Key, string Message);
