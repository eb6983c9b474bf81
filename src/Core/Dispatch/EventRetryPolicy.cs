using Flatfile.Agent.Core.Dispatch.Rules;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>The retry policy of inline handlers, from the options and the handler's own rule.</summary>
internal sealed class EventRetryPolicy(IOptions<AgentOptions> options)
{
    private readonly RetryPolicy _policy = new(
        options.Value.Events.MaxAttempts, options.Value.Events.FirstDelay, options.Value.Events.FirstDelay * 2, options.Value.Events.MaxDelay, Random.Shared.NextDouble);

    public RetryPolicy For(DispatchRule rule) => rule.MaxAttempts is { } attempts ? _policy with { MaxAttempts = attempts } : _policy;
}
