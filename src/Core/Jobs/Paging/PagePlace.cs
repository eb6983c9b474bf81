namespace Flatfile.Agent.Core.Jobs.Paging;

/// <summary>How far a way through a sheet has come.</summary>
/// <param name="Rows">Rows handled.</param>
/// <param name="LastId">The last of them; null when there were none.</param>
/// <param name="Number">Its page.</param>
/// <param name="PageSize">Rows on a page.</param>
/// <param name="IsDone">True behind the last page.</param>
internal sealed record PagePlace(long Rows, string? LastId, int Number, int PageSize, bool IsDone);
