using Flatfile.Agent;
using Flatfile.Api;

namespace AgentHost.Tests.Recurring;

// snippet
[Recurring("0 3 * * *", TimeZone = "Europe/Berlin", Id = "nightly-count")]
internal sealed class NightlyCount(FlatfileClient flatfile) : IRecurringHandler
{
    public async Task<RecurringResult> RunAsync(RecurringContext context, CancellationToken cancellationToken)
    {
        var spaces = 0;
        await foreach (var space in flatfile.Spaces.ListAsync(cancellationToken: cancellationToken))
        {
            spaces++;
        }

        return new RecurringResult($"{spaces} spaces");
    }
}
// end
