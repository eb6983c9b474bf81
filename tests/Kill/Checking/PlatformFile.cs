namespace Kill.Checking;

/// <summary>A file as Flatfile shows it in the end.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, which is that of the plan.</param>
/// <param name="RowKeys">The keys of the rows in its own sheet, doubles included; empty without a sheet.</param>
internal sealed record PlatformFile(string Id, string Name, IReadOnlyList<string> RowKeys);
