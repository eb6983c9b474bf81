namespace Flatfile.Agent;

/// <summary>A message on one cell.</summary>
/// <param name="Level">Its weight.</param>
/// <param name="Text">What a person reads.</param>
/// <param name="Source">Who wrote it; hooks write <c>custom-logic</c>.</param>
/// <param name="Path">JSONPath into the cell, such as <c>$.value[1]</c> for one element of a list; null for the whole cell.</param>
public sealed record RecordMessage(MessageLevel Level, string Text, string Source = RecordMessage.CustomLogic, string? Path = null)
{
    /// <summary>The source of every message a hook writes.</summary>
    public const string CustomLogic = "custom-logic";
}
