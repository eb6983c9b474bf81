namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>One sheet in an export.</summary>
/// <param name="Id">The sheet.</param>
/// <param name="Entry">Where its records stand, one JSON object a line; null in an archive the server made.</param>
/// <param name="Records">How many.</param>
/// <param name="Sha256">The hash of these lines; null in an archive the server made.</param>
internal sealed record ExportedSheet(string Id, string? Entry, long Records, string? Sha256);
