namespace Flatfile.Agent.Handlers.RecordHooks;

/// <summary>A hook that threw, and the rows it did not check for that.</summary>
/// <param name="Hook">Its class name.</param>
/// <param name="Records">The rows.</param>
/// <param name="Fault">What it threw.</param>
internal sealed record HookFailure(string Hook, IReadOnlyList<FlatfileRecord> Records, Exception Fault)
{
    /// <summary>What stands on the rows. An exception's own text is for the log, except where it was written for people: it may say more than they should know.</summary>
    public string Message => Fault is JobFailedException told
        ? $"This row has not been checked. {told.Message}"
        : $"This row has not been checked: {Hook} failed. It is tried again by itself; if this message stays, ask whoever runs the agent to look into its dead letters.";
}
