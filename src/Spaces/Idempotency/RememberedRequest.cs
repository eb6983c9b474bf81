namespace Flatfile.Spaces.Idempotency;

/// <summary>A request answered before, or, while a space is being created, one whose answer is still to come.</summary>
internal sealed record RememberedRequest(string Target, byte[] Fingerprint, int Status, bool IsRecipe, byte[]? Answer, long? Space);
