using Flatfile.Spaces.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace Flatfile.Spaces.Files;

/// <summary>A file's name as people know it. It is never part of a path on this machine.</summary>
internal static class FileLabel
{
    /// <summary>The longest name.</summary>
    public const int Longest = 1024;

    private const string Unnamed = "file";
    private const string Unknown = "application/octet-stream";

    private static readonly FileExtensionContentTypeProvider Types = new()
    {
        Mappings =
        {
            [".tsv"] = "text/tab-separated-values",
            [".psv"] = "text/plain",
            [".jsonl"] = "application/jsonl",
            [".jsonlines"] = "application/jsonl",
            [".parquet"] = "application/vnd.apache.parquet",
        },
    };

    /// <summary>The name of an upload: the last segment of what the client sent, without control characters.</summary>
    public static string Of(string sent)
    {
        var name = new string([.. sent[(sent.LastIndexOfAny(['/', '\\']) + 1)..].Where(letter => !char.IsControl(letter))]).Trim();
        if (name.Length > Longest)
        {
            throw TooLong();
        }

        return name is "" or "." or ".." ? Unnamed : name;
    }

    /// <summary>A new name must have letters, none of which controls anything.</summary>
    public static void Check(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl))
        {
            throw ApiRefusal.Bad("name", "'name' must not be empty or hold control characters.");
        }

        if (name.Length > Longest)
        {
            throw TooLong();
        }
    }

    /// <summary>In lower case and without the dot; empty when there is none.</summary>
    public static string Extension(string name) =>
        name.LastIndexOf('.') is var dot and > 0 ? name[(dot + 1)..].ToLowerInvariant() : "";

    /// <summary>By the name: clients send streams without a type.</summary>
    public static string MimeType(string name) => Types.TryGetContentType("x." + Extension(name), out var type) ? type : Unknown;

    private static ApiRefusal TooLong() => ApiRefusal.Bad("name", $"A file's name has at most {Longest} characters.");
}
