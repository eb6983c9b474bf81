using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Recording;
using Flatfile.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Core.Offline;

/// <summary>Runs a handler against a recording, without network: what Flatfile answered then, it answers now.</summary>
/// <remarks>Add it to the services before the agent. What a handler does beside its <see cref="FlatfileClient"/>, it does in earnest.</remarks>
public sealed class OfflineReplay
{
    /// <summary>No such host: nothing is ever sent there.</summary>
    private static readonly Uri Nowhere = new("http://recorded.invalid/");

    private readonly RecordedRun _run;
    private readonly OfflineWay _way;
    private readonly OfflineAnswers _answers;

    /// <summary>A replay of one recording.</summary>
    /// <param name="run">The recording.</param>
    /// <param name="watch">Told of each step as it happens; null when nobody watches.</param>
    public OfflineReplay(RecordedRun run, Action<OfflineStep>? watch = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        _run = run;
        _way = new OfflineWay(watch);
        _answers = new OfflineAnswers(run, _way);
    }

    /// <summary>Puts the recording where the network would be: every client made by these services talks to it.</summary>
    public void AddTo(IServiceCollection services) => services.AddScoped(_ => CreateClient());

    /// <summary>Runs the handler once, in a scope of its own. May be called once: answers are used up.</summary>
    public async Task<OfflineReport> RunAsync(IServiceProvider services, HandlerCatalog catalog, HandlerBinding binding, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(binding);
        string? outcome = null;
        RecordedFault? fault = null;
        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            try
            {
                outcome = await RunAsync(scope.ServiceProvider, binding, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception thrown) when (!cancellationToken.IsCancellationRequested)
            {
                fault = new RecordedFault(thrown.GetType().FullName!, thrown.Message, thrown.ToString());
                outcome = thrown is JobFailedException failed ? JobOutcome.Failure(failed.Message, failed.Details).ToJson() : null;
            }
        }

        return new OfflineReport(binding.HandlerId, binding.Plugin, catalog.VersionOf(binding.HandlerId), _way.Steps, _answers.WritesNotMade, outcome, fault);
    }

    private async Task<string?> RunAsync(IServiceProvider scope, HandlerBinding binding, CancellationToken cancellationToken)
    {
        if (binding.Kind == HandlerKind.Job)
        {
            var result = await binding.CreateJobHandler(scope).RunAsync(new OfflineJobContext(_run.Facts, _way, scope.GetRequiredService<FlatfileClient>), cancellationToken).ConfigureAwait(false);
            return JobOutcome.Of(result).ToJson();
        }

        var records = new EventRecords(_run.Facts.Event, scope.GetRequiredService<FlatfileClient>);
        var context = new HandlerEventContext(_run.Facts.Event, _run.Facts.Attempt, new OfflineLog(_way), records);
        await binding.CreateEventHandler(scope).HandleAsync(context, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private FlatfileClient CreateClient() =>
        new(new FlatfileClientOptions { BaseAddress = Nowhere, EnvironmentId = _run.Facts.Event.Context.EnvironmentId }, _answers);
}
