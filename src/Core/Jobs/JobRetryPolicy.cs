using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>The retry policy of jobs, from the options.</summary>
internal sealed class JobRetryPolicy(IOptions<AgentOptions> options)
{
    public RetryPolicy Policy { get; } = new(
        options.Value.Jobs.MaxAttempts, options.Value.Jobs.FirstDelay, options.Value.Jobs.NextDelay, options.Value.Jobs.MaxDelay, Random.Shared.NextDouble);
}
