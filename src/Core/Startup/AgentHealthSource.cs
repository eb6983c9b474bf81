using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Core.Startup;

/// <summary>Takes the health of the agent in this process. Asked often by whoever likes, it asks the store at most once a second.</summary>
public sealed class AgentHealthSource
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly AgentPhase _phase;
    private readonly AgentDatabase _database;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private Task<bool> _answer = Task.FromResult(false);
    private long _askedAt;

    internal AgentHealthSource(AgentPhase phase, AgentDatabase database, TimeProvider time)
    {
        _phase = phase;
        _database = database;
        _time = time;
    }

    /// <summary>The health now; answers within about two seconds whatever is away.</summary>
    public async Task<AgentHealth> TakeAsync()
    {
        var reasons = new List<string>();
        if (_phase.Stops)
        {
            reasons.Add("The agent is going down.");
        }

        if (!_phase.HasPlugins)
        {
            reasons.Add("The plugins are not loaded yet.");
        }

        var answers = await StoreAnswersAsync().ConfigureAwait(false);
        if (!answers)
        {
            reasons.Add($"The agent's store ({_database.Kind}) does not answer; nothing is received until it does.");
        }
        else if (_database.TakesNoWrites)
        {
            reasons.Add($"The agent's store ({_database.Kind}) takes no writes; nothing is settled until it does. The log says why.");
        }
        else if (!_phase.Works)
        {
            reasons.Add("The job engine has not started yet; nothing is received until it has.");
        }

        return new AgentHealth(_phase.Works, answers, reasons);
    }

    private Task<bool> StoreAnswersAsync()
    {
        lock (_lock)
        {
            if (_answer.IsCompleted && (_askedAt == 0 || _time.GetElapsedTime(_askedAt) >= Fresh))
            {
                _askedAt = _time.GetTimestamp();
                _answer = AskAsync();
            }

            return _answer;
        }
    }

    private async Task<bool> AskAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, _time);
            // The store may wait longer than we do, for its own reasons.
            return await Task.Run(() => _database.ReadAsync(connection => connection.Query("SELECT 1", r => r.GetInt32(0))[0] == 1, patience.Token), CancellationToken.None)
                .WaitAsync(Patience, _time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever the fault is: the answer is that there is none. The agent itself logs what it meets.
            return false;
        }
    }
}
