namespace Flatfile.Agent.Handlers.Typing;

/// <summary>What the values of a column leave open. It is asked, never guessed.</summary>
/// <param name="Option">The option that answers it, in camel case: <c>dateOrder</c>, <c>decimalMark</c> or <c>serialDates</c>.</param>
/// <param name="Text">What is open, where, and what to do.</param>
/// <param name="Answers">The answers that fit all values.</param>
public sealed record TypingQuestion(string Option, string Text, IReadOnlyList<TypingAnswer> Answers)
{
    /// <summary>Values of the column contradict one another: no other column can settle it.</summary>
    public bool IsContradiction { get; init; }
}
