using Flatfile.Agent.Core.Jobs.Recurring;

namespace Flatfile.Agent.Host.Recurring;

/// <summary>One piece of recurring work on the wire.</summary>
internal sealed record RecurringView(
    string Id, string Plugin, string Source, string Cron, string TimeZone, bool Paused, string Overlap, string Misfire,
    DateTimeOffset? LastSlot, DateTimeOffset? NextSlot, RecurringRunView? Open, RecurringRunView? Last)
{
    public static RecurringView Of(RecurringStatus status) => new(
        status.Entry.Id, status.Plugin, status.Source, status.Entry.Cron, status.Entry.TimeZone, status.Entry.Paused,
        RecurringRunView.Word(status.Overlap.ToString()), RecurringRunView.Word(status.Misfire.ToString()), status.LastSlot, status.NextSlot,
        status.Open is null ? null : RecurringRunView.Of(status.Open), status.Last is null ? null : RecurringRunView.Of(status.Last));
}
