namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>One entry of an export whose bytes are known.</summary>
/// <param name="Entry">Its name in the ZIP.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="FileId">The file of Flatfile these bytes are; null for other entries.</param>
internal sealed record ExportedFile(string Entry, long Size, string Sha256, string? FileId = null);
