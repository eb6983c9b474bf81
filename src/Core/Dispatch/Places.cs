using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch.Rules;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>The places for handlers that run at the same time: for each key of a handler, for each handler, and for all.</summary>
internal sealed class Places(IOptions<AgentOptions> options)
{
    private const string All = "";

    private readonly Gates _running = new();

    private int MaxConcurrency => options.Value.MaxConcurrency;

    /// <summary>Takes what a run needs, the narrowest first: who waits holds nothing that a run of another key could use.</summary>
    public async Task<Held> TakeAsync(HandlerBinding binding, DispatchRule rule, FlatfileEvent @event, CancellationToken cancellationToken)
    {
        if (rule.Limits.Count == 0)
        {
            await _running.EnterAsync(All, MaxConcurrency, cancellationToken).ConfigureAwait(false);
            return new Held(_running, null);
        }

        var taken = new List<string>(rule.Limits.Count);
        try
        {
            foreach (var limit in rule.Limits)
            {
                var key = limit.Per is null ? binding.HandlerId + "\n" : $"{binding.HandlerId}\n{limit.Per}\n{limit.Per.Of(@event)}";
                await _running.EnterAsync(key, limit.AtOnce, cancellationToken).ConfigureAwait(false);
                taken.Add(key);
            }

            await _running.EnterAsync(All, MaxConcurrency, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            taken.ForEach(_running.Leave);
            throw;
        }

        return new Held(_running, taken);
    }

    /// <summary>Takes every place: nothing else runs until it is given back. For one at a time.</summary>
    public async Task<Held> TakeAllAsync(CancellationToken cancellationToken)
    {
        var taken = new List<string>(MaxConcurrency);
        try
        {
            while (taken.Count < MaxConcurrency)
            {
                await _running.EnterAsync(All, MaxConcurrency, cancellationToken).ConfigureAwait(false);
                taken.Add(All);
            }
        }
        catch
        {
            taken.ForEach(_running.Leave);
            throw;
        }

        return new Held(_running, taken[1..]);
    }

    /// <summary>Places in use; disposing gives them back, once.</summary>
    public sealed class Held(Gates gates, List<string>? keys) : IDisposable
    {
        private bool _given;

        public void Dispose()
        {
            if (_given)
            {
                return;
            }

            _given = true;
            gates.Leave(All);
            keys?.ForEach(gates.Leave);
        }
    }
}
