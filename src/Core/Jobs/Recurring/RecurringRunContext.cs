using System.Text.Json;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>The context of one run of recurring work.</summary>
internal sealed class RecurringRunContext(
    RecurringRun run, Lease lease, IRecurringStore store, string folder, ILogger logger, CancellationToken stopping) : RecurringContext
{
    public override string Id => run.Id;

    public override DateTimeOffset Slot => run.Slot;

    public override bool IsAsked => run.Cause == FireCause.Asked;

    public override IReadOnlyDictionary<string, string> Arguments => run.Arguments;

    public override int Attempt => run.Attempt;

    public override ILogger Logger { get; } = logger;

    public override CancellationToken Stopping { get; } = stopping;

    public override string Folder => Directory.CreateDirectory(folder).FullName;

    public override async Task<T?> LoadStateAsync<T>(CancellationToken cancellationToken)
        where T : default
    {
        var state = await store.LoadStateAsync(run.Id, cancellationToken).ConfigureAwait(false);
        return state is null ? default : JsonSerializer.Deserialize<T>(state, PluginJson.For(typeof(T)));
    }

    public override async Task SaveStateAsync<T>(T state, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(state, PluginJson.For(typeof(T)));
        try
        {
            await store.SaveStateAsync(run, lease, json, cancellationToken).ConfigureAwait(false);
        }
        catch (LeaseGoneException fault)
        {
            throw new InvalidOperationException(fault.Message, fault);
        }
    }
}
