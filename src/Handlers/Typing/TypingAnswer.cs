namespace Flatfile.Agent.Handlers.Typing;

/// <summary>One answer to a <see cref="TypingQuestion"/>.</summary>
/// <param name="Value">As the option has it, such as <c>dmy</c>.</param>
/// <param name="Meaning">What a value of the column would then be, such as <c>03/04/2026 is 2026-04-03</c>.</param>
/// <param name="Reading">How the cells would become values.</param>
public sealed record TypingAnswer(string Value, string Meaning, ValueReading Reading);
