using Flatfile.Agent.Core.Plugins;

namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>A class of recurring work as it was found: its own times, and the way to make it.</summary>
internal sealed record RecurringBinding
{
    public required string Id { get; init; }

    /// <summary>The plugin it comes from; for the agent's own work its area.</summary>
    public required string Plugin { get; init; }

    /// <summary>For people: the class.</summary>
    public required string Source { get; init; }

    /// <summary>Null when only the settings, or a person, have it run.</summary>
    public required RecurringSchedule? Schedule { get; init; }

    public RecurringOverlap Overlap { get; init; }

    public RecurringMisfire Misfire { get; init; }

    public TimeSpan? Timeout { get; init; }

    /// <summary>Makes the handler for one run in the scope of the host.</summary>
    public required Func<IServiceProvider, IRecurringHandler> Create { get; init; }

    /// <summary>The load of the plugin it is made of; null when its code is never unloaded.</summary>
    public LivePlugin? Live { get; init; }
}
