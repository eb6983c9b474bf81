namespace Flatfile.Agent.Handlers.Export;

/// <summary>A finished file and what became of it: saved before it is uploaded, and again when it is.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Their hash, lower-case hexadecimal.</param>
/// <param name="Sheets">What is in it.</param>
/// <param name="Notes">What a person should know of it.</param>
/// <param name="FileId">The uploaded file; null while that is not known.</param>
internal sealed record ExportCheckpoint(
    string Name, long Size, string Sha256, IReadOnlyList<ExportedSheet> Sheets, IReadOnlyList<string> Notes, string? FileId = null);
