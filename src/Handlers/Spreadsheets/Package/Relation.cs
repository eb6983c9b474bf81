namespace Flatfile.Agent.Handlers.Spreadsheets.Package;

/// <summary>One reference of a part to another.</summary>
/// <param name="Id">What the part calls it.</param>
/// <param name="Type">A URI; its last segment says what the target is.</param>
/// <param name="Target">The other part's name.</param>
internal sealed record Relation(string Id, string Type, string Target)
{
    /// <summary>What the target is, such as <c>worksheet</c> or <c>sharedStrings</c>: the same word in both dialects of the standard.</summary>
    public string Kind { get; } = Type[(Type.LastIndexOf('/') + 1)..];
}
