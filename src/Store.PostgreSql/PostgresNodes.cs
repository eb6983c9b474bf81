using System.Threading.Channels;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Store.PostgreSql;

/// <summary>The agents that share a PostgreSQL store. The heart of this one beats on a thread and a connection that nothing else uses.</summary>
/// <remarks>
/// Its session holds a lock of the database. When the process dies, the server drops the lock at once, and another node that gets it
/// knows after a short silence that nobody lives behind the row. A paused or cut-off node keeps its lock; its time runs out instead.
/// All times are the database's, or durations of this process; no two machines' clocks are compared.
/// </remarks>
internal sealed partial class PostgresNodes(
    PostgresAgentDatabase database, AgentOwner owner, NodeTimes times, TimeProvider time, ILogger<PostgresNodes> log) : INodes, IDisposable
{
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _heart;
    private long _beatAt;
    private string? _givenUp;
    private bool _away;

    public ChannelReader<bool> Changes => _changes.Reader;

    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        if (_heart is null)
        {
            _beatAt = time.GetTimestamp();
            _heart = new Thread(Beat) { IsBackground = true, Name = "heartbeat of the agent" };
            _heart.Start();
        }

        try
        {
            await _entered.Task.WaitAsync(database.Settings.Patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException fault)
        {
            throw PostgresFaults.Away(fault, database.Settings);
        }
    }

    public async Task SettledAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (time.GetElapsedTime(begun) < times.Judgement
            && await database.ReadAsync(connection => NodeSession.AnyInDoubt(database, connection, owner.Current.Id, times), cancellationToken).ConfigureAwait(false))
        {
            await Task.Delay(times.Beat / 2, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task TellAsync()
    {
        try
        {
            await database.WriteAsync("node.tell", connection => NodeSession.Tell(connection, database.Settings.Schema, owner.Current.Id), CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreAwayException fault)
        {
            NotTold(log, fault.Message);
        }
    }

    public async Task LeaveAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _changes.Writer.TryComplete();
        if (_heart is not null)
        {
            await _left.Task.ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        if (_heart is null)
        {
            _stop.Dispose();
        }
    }

    private void Beat()
    {
        NodeSession? session = null;
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                GiveUpWhenSilent();
                session = BeatOnce(session);
                _stop.Token.WaitHandle.WaitOne(times.Beat);
            }

            session?.Leave();
        }
        catch (Exception fault)
        {
            Broken(log, fault);
        }
        finally
        {
            session?.Dispose();
            _left.TrySetResult();
        }
    }

    /// <summary>Returns the session to go on with; null when there is none.</summary>
    private NodeSession? BeatOnce(NodeSession? session)
    {
        try
        {
            var asked = time.GetTimestamp();
            if (session is null)
            {
                session = NodeSession.Open(database, owner.Current.Id, owner.Name, _givenUp, times, time);
                Reached();
            }
            else if (!session.Beat())
            {
                TakenForDead(log, owner.Name);
                GiveUp();
                session.Dispose();
                return null;
            }

            _beatAt = asked;
            var dead = session.Bury();
            if (dead > 0)
            {
                Buried(log, dead);
            }

            if (dead > 0 | session.WasTold())
            {
                _changes.Writer.TryWrite(true);
            }

            return session;
        }
        catch (Exception fault)
        {
            session?.Dispose();
            if (!_away)
            {
                _away = true;
                Silent(log, PostgresFaults.Said(fault));
            }

            return null;
        }
    }

    private void Reached()
    {
        _givenUp = null;
        _entered.TrySetResult();
        _changes.Writer.TryWrite(true);
        if (_away)
        {
            _away = false;
            Back(log);
        }
    }

    /// <summary>After a pause of the process, or with the database away: by now others may count this node as dead.</summary>
    private void GiveUpWhenSilent()
    {
        if (_entered.Task.IsCompleted && _givenUp is null && time.GetElapsedTime(_beatAt) > times.Own)
        {
            TooLong(log, time.GetElapsedTime(_beatAt));
            GiveUp();
        }
    }

    private void GiveUp()
    {
        _givenUp = owner.Current.Id;
        owner.Renew();
    }
}
