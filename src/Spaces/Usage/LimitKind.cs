using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Usage;

/// <summary>One thing of which a space may have so much and no more.</summary>
/// <param name="Name">The member of the space's <c>limits</c>.</param>
/// <param name="Thing">For messages: "records".</param>
/// <param name="IsSize">Bytes: refused with 413. Numbers of things are refused with 409.</param>
/// <param name="Default">The server's own limit, where it has one.</param>
/// <param name="Measure">How much there is, also inside a change.</param>
internal sealed record LimitKind(string Name, string Thing, bool IsSize, Func<SpacesOptions, long?> Default, Func<SpaceRead, long> Measure)
{
    /// <summary>All of them. One line per kind.</summary>
    public static IReadOnlyList<LimitKind> All { get; } =
    [
        new("maxStorageBytes", "bytes", true, options => options.MaxSpaceStorageBytes, read => UsageMeter.Database(read.Connection) + UsageMeter.FileBytes(read.Connection)),
        new("maxRecords", "records", false, options => options.MaxSpaceRecords, read => UsageMeter.Records(read.Connection)),
        new("maxFiles", "files", false, options => options.MaxSpaceFiles, read => UsageMeter.Files(read.Connection)),
        new("maxSheets", "sheets", false, options => options.MaxSpaceSheets, read => ResourceTable.Sheets.Count(read.Connection)),
    ];
}
