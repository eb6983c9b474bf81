namespace Flatfile.Spaces.Records;

/// <summary>The reserved members of a JSON line; all others are field keys with plain values.</summary>
internal static class RecordLine
{
    public const string Id = "__k";

    /// <summary>The id a new record is to get; taken as text, never as a key of ours.</summary>
    public const string NewId = "__nk";

    /// <summary>The commit that changed the record last.</summary>
    public const string Version = "__v";

    public const string Sheet = "__s";

    public const string Slug = "__n";

    public const string Config = "__c";

    public const string Metadata = "__m";

    /// <summary>Messages, each <c>{"x": field key, "m": text}</c> with its type and source.</summary>
    public const string Messages = "__i";

    public const string Deleted = "__d";

    /// <summary>Whether the record is valid.</summary>
    public const string Valid = "__e";

    /// <summary>The records its reference cells name, as lines themselves.</summary>
    public const string Links = "__l";

    public const string Updated = "__u";
}
