namespace Flatfile.Agent.Core.Store;

/// <summary>What became of an entry.</summary>
/// <param name="Size">What was added; doubles are not.</param>
/// <param name="IsRepeated">True when an entry of the same name was stored before.</param>
internal readonly record struct QueueAnswer(QueueSize Size, bool IsRepeated);
