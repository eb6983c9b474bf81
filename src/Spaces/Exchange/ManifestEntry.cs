namespace Flatfile.Spaces.Exchange;

/// <summary>One entry of an archive besides the manifest.</summary>
/// <param name="Name"><c>space.db</c>, or <c>files/</c> and the file's number.</param>
/// <param name="Size">In bytes, unpacked.</param>
/// <param name="Sha256">Lower-case hex.</param>
internal sealed record ManifestEntry(string Name, long Size, string Sha256);
