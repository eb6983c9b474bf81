namespace Flatfile.Agent.Core.Offline;

/// <summary>One call a handler made in a replay.</summary>
/// <param name="Method">Such as <c>GET</c>.</param>
/// <param name="Path">From <c>v1/</c> on, with the query.</param>
/// <param name="Match">How it stands to the recording.</param>
/// <param name="Status">The status it got; null when it got no answer.</param>
/// <param name="Wrote">What it wrote, line by line: cells and messages of rows, else the body.</param>
/// <param name="Differences">Where its body differs from the recorded one.</param>
/// <param name="Note">What else is to be said of it.</param>
public sealed record ReplayedCall(
    string Method, string Path, CallMatch Match, int? Status, IReadOnlyList<string> Wrote, IReadOnlyList<string> Differences, string? Note);
