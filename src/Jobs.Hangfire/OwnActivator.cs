using Flatfile.Agent.Core.Jobs;
using Hangfire;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Jobs.Hangfire;

/// <summary>Makes the two classes there are, and nothing else.</summary>
internal sealed class OwnActivator(EngineRuns runs, Func<EngineTicket, Task> handBack, ILogger log) : JobActivator
{
    public override object ActivateJob(Type jobType) =>
        jobType == typeof(TicketWork) ? new TicketWork(runs, handBack, log)
        : jobType == typeof(RecurringWork) ? new RecurringWork(runs)
        : throw new InvalidOperationException("A row of the job store asks for a class that is none of the agent's own.");
}
