namespace Flatfile.Agent.Host.Handles;

/// <summary>Counts the connections of all addresses this server listens at.</summary>
internal sealed partial class ConnectionPlaces : IDisposable
{
    private static readonly TimeSpan SaidAgain = TimeSpan.FromMinutes(1);

    private readonly HandleBudget _budget;
    private readonly TimeProvider _time;
    private readonly ILogger<ConnectionPlaces> _log;
    private readonly SemaphoreSlim _free;
    private readonly Lock _lock = new();
    private int _open;
    private long _refused;
    private long? _said;

    public ConnectionPlaces(HandleBudget budget, TimeProvider time, ILogger<ConnectionPlaces> log)
    {
        _budget = budget;
        _time = time;
        _log = log;
        _free = new SemaphoreSlim(budget.Connections!.Value + budget.Refused);
    }

    /// <summary>Waits until one more connection may be taken in. Each of them is later left, or has <see cref="Open"/> and then is left.</summary>
    public Task TakeAsync(CancellationToken cancellationToken) => _free.WaitAsync(cancellationToken);

    /// <summary>A place for which no connection came.</summary>
    public void GiveBack() => _free.Release();

    /// <summary>A connection came. True when it is served, false when it is only told that it is not.</summary>
    public bool Open()
    {
        lock (_lock)
        {
            return ++_open <= _budget.Connections;
        }
    }

    /// <summary>A connection is closed.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _open--;
        }

        _free.Release();
    }

    /// <summary>Says in the log that connections are refused: at the first, and then now and again how many.</summary>
    public void Refused()
    {
        long count;
        lock (_lock)
        {
            _refused++;
            if (_said is { } said && _time.GetElapsedTime(said) < SaidAgain)
            {
                return;
            }

            _said = _time.GetTimestamp();
            count = _refused;
        }

        NoPlace(_log, _budget.Connections!.Value, count, _budget.Handles!.Value, HandleLimit.Cure);
    }

    public void Dispose() => _free.Dispose();
}
