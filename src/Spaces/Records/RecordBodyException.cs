namespace Flatfile.Spaces.Records;

/// <summary>A body or a selection that cannot be understood; the text is for the caller of the API, who is answered 400.</summary>
internal sealed class RecordBodyException(string message, string? key = null) : Exception(message)
{
    /// <summary>The parameter or member it is about, where it is one.</summary>
    public string? Key { get; } = key;
}
