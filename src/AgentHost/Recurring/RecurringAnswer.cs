namespace Flatfile.Agent.Host.Recurring;

/// <summary>What was ordered is stored.</summary>
/// <param name="Message">For people.</param>
/// <param name="Run">The number of the run that was asked for.</param>
internal sealed record RecurringAnswer(string Message, long? Run = null);
