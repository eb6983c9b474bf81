using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>The retry policy of inline handlers, from the options.</summary>
internal sealed class EventRetryPolicy(IOptions<AgentOptions> options)
{
    public RetryPolicy Policy { get; } = new(
        options.Value.Events.MaxAttempts, options.Value.Events.FirstDelay, options.Value.Events.FirstDelay * 2, options.Value.Events.MaxDelay, Random.Shared.NextDouble);
}
