namespace Flatfile.Agent.Core.Store;

/// <summary>What the inbox knows of one handler and one event.</summary>
/// <param name="Starts">Tries that began and did not end in order.</param>
/// <param name="Done">True when nothing is left to do.</param>
internal readonly record struct InboxEntry(int Starts, bool Done);
