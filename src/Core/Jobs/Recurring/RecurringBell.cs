using Flatfile.Agent.Core.Dispatch;

namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>Wakes the clock of this process when something about recurring work has changed here.</summary>
internal sealed class RecurringBell : Bell;
