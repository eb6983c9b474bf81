namespace Flatfile.Agent.Core.Recording;

/// <summary>What a recorded call sent.</summary>
/// <param name="Type">Its media type.</param>
/// <param name="Bytes">Its length as sent.</param>
/// <param name="Sha256">The hash of <see cref="Body"/>, or of the bytes as sent when the body was too long to keep.</param>
/// <param name="Body">Unpacked; null when it was too long to keep.</param>
public sealed record RecordedBody(string? Type, long Bytes, string Sha256, byte[]? Body);
