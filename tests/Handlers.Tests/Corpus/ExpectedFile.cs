using System.Text.Json;

namespace Flatfile.Agent.Handlers.Tests.Corpus;

/// <summary>What a person says a file of the corpus holds: the text beside it, with the name <c>&lt;file&gt;.expected.json</c>.</summary>
/// <param name="File">Path of the file from the sidecar's folder; null when it stands beside it.</param>
/// <param name="Encoding">As the reader names it; null where any will do.</param>
/// <param name="Delimiter">As the reader names it; null where there is none to find.</param>
/// <param name="Quote">The character; null where any will do.</param>
/// <param name="Escape">The character or <c>none</c>; null where any will do.</param>
/// <param name="Tables">In the order of the file.</param>
internal sealed record ExpectedFile(string? File, string? Encoding, string? Delimiter, string? Quote, string? Escape, IReadOnlyList<ExpectedTable> Tables)
{
    private const string Suffix = ".expected.json";

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Those of delimited text; the other folders have sidecars of their own kind.</summary>
    private static readonly string[] Folders = ["made", "collected"];

    /// <summary>The sidecars, as paths from the corpus folder.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Folders.SelectMany(f => Directory.GetFiles(Path.Combine(Folder, f), "*" + Suffix, SearchOption.AllDirectories)).Select(p => Path.GetRelativePath(Folder, p)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(Support.TestData.Folder, "corpus");

    /// <summary>Reads a sidecar.</summary>
    /// <returns>The expectation and the path of the file it is about.</returns>
    public static (ExpectedFile Expected, string Path) Load(string sidecar)
    {
        var path = Path.Combine(Folder, sidecar);
        var expected = JsonSerializer.Deserialize<ExpectedFile>(System.IO.File.ReadAllText(path), Web)!;
        return (expected, expected.File is { } other ? Path.Combine(Path.GetDirectoryName(path)!, other) : path[..^Suffix.Length]);
    }
}
