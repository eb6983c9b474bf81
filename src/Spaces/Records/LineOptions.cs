using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Records;

/// <summary>What a JSON line holds beside the record's id and its filled cells.</summary>
internal sealed record LineOptions
{
    /// <summary><c>__v</c> and <c>__e</c>; left out by <c>noContext</c>.</summary>
    public bool Context { get; init; } = true;

    public bool EmptyCells { get; init; }

    public bool Links { get; init; }

    public bool Messages { get; init; }

    public bool Metadata { get; init; }

    public bool Config { get; init; }

    public bool Sheet { get; init; }

    public bool Slug { get; init; }

    public bool Timestamps { get; init; }

    public static LineOptions Of(ApiCall call) => new()
    {
        Context = call.Flag("noContext") != true,
        EmptyCells = call.Flag("includeEmptyCells") == true,
        Links = call.Flag("includeLinks") == true,
        Messages = call.Flag("includeMessages") == true,
        Metadata = call.Flag("includeMetadata") == true,
        Config = call.Flag("includeConfig") == true,
        Sheet = call.Flag("includeSheet") == true,
        Slug = call.Flag("includeSheetSlug") == true,
        Timestamps = call.Flag("includeTimestamps") == true,
    };
}
