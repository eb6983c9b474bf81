namespace Flatfile.Api;

/// <summary>Which changes since a snapshot are taken back.</summary>
/// <param name="Created">Rows that came go.</param>
/// <param name="Updated">Rows that changed get their values back.</param>
/// <param name="Deleted">Rows that went come back.</param>
public sealed record RestoreOptions(bool Created, bool Updated, bool Deleted);
