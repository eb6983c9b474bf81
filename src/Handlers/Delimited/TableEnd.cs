namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Why a table ends; neither when it goes on.</summary>
/// <param name="Next">The header of the table that follows.</param>
/// <param name="IsFooter">Only notes and sums follow.</param>
internal readonly record struct TableEnd(SniffedHeader? Next, bool IsFooter);
