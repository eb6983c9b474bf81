namespace Flatfile.Agent;

/// <summary>What happens to slots that passed while no agent ran, or while the clock jumped over them.</summary>
public enum RecurringMisfire
{
    /// <summary>One run for all of them, under the latest.</summary>
    RunOnce,

    /// <summary>None; the next slot to come is the next run.</summary>
    Skip,
}
