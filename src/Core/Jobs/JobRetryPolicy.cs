using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Dispatch.Rules;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>The retry policy of jobs, from the options and the handler's own rule.</summary>
internal sealed class JobRetryPolicy(IOptions<AgentOptions> options)
{
    private readonly RetryPolicy _policy = new(
        options.Value.Jobs.MaxAttempts, options.Value.Jobs.FirstDelay, options.Value.Jobs.NextDelay, options.Value.Jobs.MaxDelay, Random.Shared.NextDouble);

    public RetryPolicy For(DispatchRule rule) => rule.MaxAttempts is { } attempts ? _policy with { MaxAttempts = attempts } : _policy;
}
