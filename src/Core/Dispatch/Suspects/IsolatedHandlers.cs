using System.Runtime.CompilerServices;
using Flatfile.Agent.Core.Binding;

namespace Flatfile.Agent.Core.Dispatch.Suspects;

/// <summary>
/// Handlers that killed a process or could not be stopped: all their events go to the other process from then on, until this one starts
/// anew or the plugin is loaded anew. And those of which it is being found out.
/// </summary>
internal sealed class IsolatedHandlers
{
    private readonly ConditionalWeakTable<HandlerBinding, object> _isolated = [];
    private readonly Dictionary<HandlerBinding, Trial> _trials = [];

    public void Add(HandlerBinding binding) => _isolated.TryAdd(binding, binding.HandlerId);

    public bool Contains(HandlerBinding binding) => _isolated.TryGetValue(binding, out _);

    /// <summary>An event of the handler is under suspicion; disposing says that this is settled.</summary>
    public IDisposable Try(HandlerBinding binding)
    {
        lock (_trials)
        {
            if (!_trials.TryGetValue(binding, out var trial))
            {
                _trials[binding] = trial = new Trial();
            }

            trial.Count++;
        }

        return new Settling(this, binding);
    }

    /// <summary>Returns when no event of the handler is under suspicion.</summary>
    public Task WhenSettled(HandlerBinding binding)
    {
        lock (_trials)
        {
            return _trials.TryGetValue(binding, out var trial) ? trial.Settled.Task : Task.CompletedTask;
        }
    }

    private void Settle(HandlerBinding binding)
    {
        lock (_trials)
        {
            var trial = _trials[binding];
            if (--trial.Count == 0)
            {
                _trials.Remove(binding);
                trial.Settled.SetResult();
            }
        }
    }

    private sealed class Trial
    {
        public int Count { get; set; }

        public TaskCompletionSource Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Settling(IsolatedHandlers owner, HandlerBinding binding) : IDisposable
    {
        public void Dispose() => owner.Settle(binding);
    }
}
