namespace Flatfile.Agent.Handlers.Egress;

/// <summary>What became of a sheet so far.</summary>
/// <param name="SheetId">The sheet.</param>
/// <param name="Name">Its name.</param>
/// <param name="Place">How far it was gone through.</param>
/// <param name="Messages">Messages the receiver took.</param>
/// <param name="Sent">Rows in them.</param>
/// <param name="Rejected">Of those, the rows the receiver rejected.</param>
/// <param name="Unknown">Rejections of records that were not in their message.</param>
/// <param name="IsDone">True behind the last row.</param>
internal sealed record EgressedSheet(string SheetId, string Name, PagePlace Place, int Messages, long Sent, long Rejected, long Unknown, bool IsDone);
