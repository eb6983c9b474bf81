namespace Flatfile.Spaces.Records;

/// <summary>A body or a selection that cannot be understood; the text is for the caller of the API, who is answered 400.</summary>
internal sealed class RecordBodyException(string message) : Exception(message);
