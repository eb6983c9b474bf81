using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Jobs;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Hosting;

/// <summary>Starts and stops Spaces: the lock, the central database, the sweep after a crash, the relay.</summary>
internal sealed partial class SpacesHost(
    FolderLock folderLock, DataFolder folder, CentralStore central, TokenSecret secret, SpacesAccess access, SpaceShelf shelf, EventRelay relay, StartSweep sweep,
    SystemJobRunner jobs, EventPruning pruning, ILogger<SpacesHost> logger) : IHostedService, IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _relaying = Task.CompletedTask;
    private Task _jobs = Task.CompletedTask;
    private Task _pruning = Task.CompletedTask;
    private bool _started;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        folderLock.Take();
        try
        {
            await central.StartAsync(cancellationToken).ConfigureAwait(false);
            await secret.StartAsync(cancellationToken).ConfigureAwait(false);
            await access.StartAsync(cancellationToken).ConfigureAwait(false);
            shelf.HasNews = relay.HasNews;
            shelf.NewsFound = relay.MarkDirty;
            relay.Settled = shelf.TrimAsync;
            relay.JobsDue = jobs.Look;
            await sweep.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is SqliteException or UnauthorizedAccessException or IOException or Http.ApiRefusal)
        {
            throw new SpacesStartException(
                $"The data folder {folder.Root} cannot be used: {fault.Message} Check the rights and the free space of the folder, restore it from a backup, or choose another one with --data.",
                fault);
        }

        _started = true;
        _relaying = Task.Run(() => relay.RunAsync(_stopping.Token), CancellationToken.None);
        _jobs = Task.Run(() => jobs.RunAsync(_stopping.Token), CancellationToken.None);
        _pruning = Task.Run(() => pruning.RunAsync(_stopping.Token), CancellationToken.None);
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_started)
        {
            return;
        }

        _started = false;
        await _stopping.CancelAsync().ConfigureAwait(false);
        try
        {
            await Task.WhenAll(_jobs, _pruning, _relaying).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped, as asked.
        }

        try
        {
            await relay.PassAsync(CancellationToken.None).ConfigureAwait(false);
            await shelf.DisposeAsync().ConfigureAwait(false);
            await sweep.MarkCleanAsync().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is SqliteException or IOException or Http.ApiRefusal)
        {
            LogUncleanStop(logger, fault);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        await shelf.DisposeAsync().ConfigureAwait(false);
        await central.DisposeAsync().ConfigureAwait(false);
        folderLock.Dispose();
        _stopping.Dispose();
    }
}
