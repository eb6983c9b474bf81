using Flatfile.Agent.Core.Jobs;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Store;

/// <summary>Waits for a lease, lets work go on while it is held, and stops the work before anybody else can have the lease.</summary>
/// <param name="leases">Where it is held.</param>
/// <param name="name">What for.</param>
/// <param name="owner">Who this process is. When it is taken for dead, its work ends as if the lease were lost.</param>
/// <param name="takeover">Within this time another agent takes over from a holder that died.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where taking and losing is told.</param>
internal sealed partial class LeaseHolder(ILeases leases, string name, AgentOwner owner, TimeSpan takeover, TimeProvider time, ILogger log)
{
    // A dead holder's lease runs out, and the next look finds that: both together stay below the promised time.
    private readonly TimeSpan _validity = takeover * 0.7;
    private readonly TimeSpan _look = takeover * 0.15;

    /// <summary>Runs the work each time the lease is had, until the token fires or the work ends by itself.</summary>
    /// <param name="work">Ends soon after its token fires: the lease is then lost or about to be.</param>
    /// <param name="cancellationToken">Ends all.</param>
    public async Task RunAsync(Func<Lease, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var asked = time.GetTimestamp();
            var self = owner.Current;
            if (await TryTakeAsync(self.Id, cancellationToken).ConfigureAwait(false) is not { } lease)
            {
                await Task.Delay(_look, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            Taken(log, name, lease.Fence);
            if (await HoldAsync(lease, self, asked, work, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private async Task<Lease?> TryTakeAsync(string self, CancellationToken cancellationToken)
    {
        try
        {
            return await leases.TakeAsync(name, self, _validity, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                NotAsked(log, fault, name);
            }

            return null;
        }
    }

    /// <summary>Returns true when the work ended by itself.</summary>
    private async Task<bool> HoldAsync(Lease lease, Ownership self, long asked, Func<Lease, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var held = new CancellationTokenSource(Remaining(asked), time);
        await using var dead = self.Lost.Register(() => held.CancelAfter(TimeSpan.Zero));
        using var working = CancellationTokenSource.CreateLinkedTokenSource(held.Token, cancellationToken);
        using var ended = new CancellationTokenSource();
        var renewing = RenewAsync(lease, held, ended.Token);
        try
        {
            await work(lease, working.Token).ConfigureAwait(false);
        }
        catch (Exception) when (held.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // What a work says that was told to stop is of no interest: the next holder goes on.
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await renewing.ConfigureAwait(false);
            await GiveBackAsync(lease).ConfigureAwait(false);
        }

        if (held.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Lost(log, name, lease.Fence);
            return false;
        }

        return true;
    }

    private async Task RenewAsync(Lease lease, CancellationTokenSource held, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested && !held.IsCancellationRequested)
        {
            await Task.Delay(_look, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var asked = time.GetTimestamp();
            try
            {
                if (ended.IsCancellationRequested || await leases.RenewAsync(lease, _validity, ended).WaitAsync(held.Token).ConfigureAwait(false))
                {
                    held.CancelAfter(Remaining(asked));
                }
                else
                {
                    await held.CancelAsync().ConfigureAwait(false);
                }
            }
            catch (Exception fault)
            {
                // Not renewed: the time that is left decides.
                if (!ended.IsCancellationRequested && !held.IsCancellationRequested)
                {
                    NotAsked(log, fault, name);
                }
            }
        }
    }

    /// <summary>How long work may go on after the lease was asked for: it ends while nobody else can have it yet.</summary>
    private TimeSpan Remaining(long asked)
    {
        var left = (_validity * 0.8) - time.GetElapsedTime(asked);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async Task GiveBackAsync(Lease lease)
    {
        try
        {
            await leases.GiveBackAsync(lease, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            NotAsked(log, fault, name);
        }
    }
}
