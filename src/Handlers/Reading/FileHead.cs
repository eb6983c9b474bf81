namespace Flatfile.Agent.Handlers.Reading;

/// <summary>What is known of a file before it is read.</summary>
/// <param name="Name">With its extension.</param>
/// <param name="Bytes">Its first bytes, 64 KiB or the whole file when it is shorter.</param>
/// <param name="IsWhole">The bytes are the whole file.</param>
public sealed record FileHead(string Name, ReadOnlyMemory<byte> Bytes, bool IsWhole)
{
    /// <summary>With the dot, in lower case; empty when there is none.</summary>
    public string Extension { get; } = Path.GetExtension(Name).ToLowerInvariant();
}
