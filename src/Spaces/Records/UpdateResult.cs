namespace Flatfile.Spaces.Records;

/// <summary>What an update did.</summary>
/// <param name="Found">Rows of the body that exist.</param>
/// <param name="Skipped">Rows of the body that do not.</param>
/// <param name="Changed">Rows with a value that differs now.</param>
/// <param name="Touched">Rows with anything that differs now: a value, a message, metadata, a lock.</param>
internal readonly record struct UpdateResult(int Found, int Skipped, int Changed, int Touched);
