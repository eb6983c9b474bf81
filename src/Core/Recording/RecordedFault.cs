namespace Flatfile.Agent.Core.Recording;

/// <summary>What a handler threw.</summary>
/// <param name="Type">The exception's type.</param>
/// <param name="Message">Its message.</param>
/// <param name="Stack">All of it as text.</param>
public sealed record RecordedFault(string Type, string Message, string Stack);
