using Flatfile.Spaces.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Auth.Guests;

/// <summary>Removes guests whose time is over. Their tokens were refused from that moment on; this tells the spaces and clears the rows.</summary>
internal sealed partial class GuestExpiry(CentralStore central, GuestNotices notices, TimeProvider time, ILogger<GuestExpiry> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Removes those whose time is over now.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await central.WriteAsync("", central.AccountId, GuestStore.Expire, cancellationToken).ConfigureAwait(false);
        await notices.DeliverAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is Http.ApiRefusal or Microsoft.Data.Sqlite.SqliteException or IOException)
            {
                LogLater(logger, fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
