using Flatfile.Agent;

namespace Good;

/// <summary>Recurring work.</summary>
[Recurring("0 3 * * *", Id = "good-nightly")]
internal sealed class Nightly : IRecurringHandler
{
    public Task<RecurringResult> RunAsync(RecurringContext context, CancellationToken cancellationToken) => Task.FromResult(new RecurringResult("Counted."));
}
