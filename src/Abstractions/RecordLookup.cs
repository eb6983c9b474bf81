namespace Flatfile.Agent;

/// <summary>Looks values up elsewhere for many rows: in batches, each key once at a time, with a bounded memory, a time limit and repeats.</summary>
/// <remarks>
/// Safe for use by several threads; keep one for the life of the plugin (a singleton of <see cref="IPluginServices"/>), or it remembers nothing. A key
/// that is being asked for is not asked for again: who comes later waits for the same answer. A failed question is not remembered.
/// </remarks>
/// <typeparam name="TKey">What is asked for.</typeparam>
/// <typeparam name="TValue">What is answered.</typeparam>
public sealed class RecordLookup<TKey, TValue>
    where TKey : notnull
{
    private readonly Func<IReadOnlyList<TKey>, CancellationToken, Task<IReadOnlyDictionary<TKey, TValue>>> _ask;
    private readonly RecordLookupOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _places;
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<Remembered>> _cache = [];
    private readonly LinkedList<Remembered> _byUse = [];
    private readonly Dictionary<TKey, Task<IReadOnlyDictionary<TKey, TValue>>> _underWay = [];

    /// <summary>A look-up with its own memory.</summary>
    /// <param name="ask">Asks for at most <see cref="RecordLookupOptions.BatchSize"/> different keys; a key without a value is left out of the answer.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="time">Null for the system's clock.</param>
    public RecordLookup(
        Func<IReadOnlyList<TKey>, CancellationToken, Task<IReadOnlyDictionary<TKey, TValue>>> ask, RecordLookupOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(ask);
        _options = options ?? new RecordLookupOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.BatchSize, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Attempts, 1, nameof(options));
        _ask = ask;
        _time = time ?? TimeProvider.System;
        _places = new SemaphoreSlim(Math.Max(1, _options.Concurrency));
    }

    /// <summary>Finds the values of keys.</summary>
    /// <param name="keys">In any number and order; doubles are asked for once.</param>
    /// <param name="cancellationToken">Ends the waiting; a question that others wait for too goes on.</param>
    /// <returns>The keys that have a value, with it.</returns>
    /// <exception cref="TimeoutException">A question took too long, each time it was asked.</exception>
    public async Task<IReadOnlyDictionary<TKey, TValue>> LookupAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<TKey, TValue>();
        var waits = new Dictionary<Task<IReadOnlyDictionary<TKey, TValue>>, List<TKey>>();
        lock (_gate)
        {
            var missing = keys.Distinct().Where(key => !TakeRemembered(key, found) && !Await(key, waits)).ToList();
            foreach (var batch in missing.Chunk(_options.BatchSize))
            {
                // Task.Run, so that a question that answers at once does not do so while the gate is held.
                var answer = Task.Run(() => AskAsync(batch), CancellationToken.None);
                waits.Add(answer, [.. batch]);
                foreach (var key in batch)
                {
                    _underWay.Add(key, answer);
                }
            }
        }

        foreach (var (answer, wanted) in waits)
        {
            var values = await answer.WaitAsync(cancellationToken).ConfigureAwait(false);
            foreach (var key in wanted)
            {
                if (values.TryGetValue(key, out var value))
                {
                    found[key] = value;
                }
            }
        }

        return found;
    }

    private bool TakeRemembered(TKey key, Dictionary<TKey, TValue> found)
    {
        if (!_cache.TryGetValue(key, out var node))
        {
            return false;
        }

        _byUse.Remove(node);
        if (_time.GetElapsedTime(node.Value.At) >= _options.CacheTime)
        {
            _cache.Remove(key);
            return false;
        }

        _byUse.AddLast(node);
        if (node.Value.IsFound)
        {
            found[key] = node.Value.Answer;
        }

        return true;
    }

    private bool Await(TKey key, Dictionary<Task<IReadOnlyDictionary<TKey, TValue>>, List<TKey>> waits)
    {
        if (!_underWay.TryGetValue(key, out var answer))
        {
            return false;
        }

        if (!waits.TryGetValue(answer, out var wanted))
        {
            waits.Add(answer, wanted = []);
        }

        wanted.Add(key);
        return true;
    }

    private async Task<IReadOnlyDictionary<TKey, TValue>> AskAsync(TKey[] keys)
    {
        IReadOnlyDictionary<TKey, TValue>? answer = null;
        try
        {
            answer = await AskAgainAsync(keys).ConfigureAwait(false);
            return answer;
        }
        finally
        {
            lock (_gate)
            {
                foreach (var key in keys)
                {
                    _underWay.Remove(key);
                    if (answer is not null)
                    {
                        Remember(answer.TryGetValue(key, out var value) ? new Remembered(key, true, value, _time.GetTimestamp()) : new Remembered(key, false, default!, _time.GetTimestamp()));
                    }
                }
            }
        }
    }

    private async Task<IReadOnlyDictionary<TKey, TValue>> AskAgainAsync(TKey[] keys)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AskOnceAsync(keys).ConfigureAwait(false);
            }
            catch (Exception) when (attempt < _options.Attempts)
            {
                await Task.Delay(_options.RetryDelay * Math.Pow(2, attempt - 1), _time).ConfigureAwait(false);
            }
        }
    }

    private async Task<IReadOnlyDictionary<TKey, TValue>> AskOnceAsync(TKey[] keys)
    {
        await _places.WaitAsync().ConfigureAwait(false);
        try
        {
            using var limit = new CancellationTokenSource(_options.Timeout, _time);
            try
            {
                return await _ask(keys, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"A look-up of {keys.Length} keys gave no answer within {_options.Timeout.TotalSeconds:0.###} s.");
            }
        }
        finally
        {
            _places.Release();
        }
    }

    private void Remember(Remembered answer)
    {
        if (_options.CacheSize <= 0)
        {
            return;
        }

        if (_cache.Remove(answer.Key, out var old))
        {
            _byUse.Remove(old);
        }

        _cache.Add(answer.Key, _byUse.AddLast(answer));
        while (_cache.Count > _options.CacheSize && _byUse.First is { } oldest)
        {
            _byUse.RemoveFirst();
            _cache.Remove(oldest.Value.Key);
        }
    }

    private readonly record struct Remembered(TKey Key, bool IsFound, TValue Answer, long At);
}
