namespace Flatfile.Agent.Core.Dispatch.Suspects;

/// <summary>What a process wrote: the first lines, where a fault says what it is, and the last ones.</summary>
internal sealed class LastWords
{
    private const int FirstLines = 40;
    private const int LastLines = 20;
    private const int LineLength = 500;

    private readonly Lock _lock = new();
    private readonly List<string> _first = [];
    private readonly Queue<string> _last = new();
    private int _left;

    public void Add(string line)
    {
        lock (_lock)
        {
            var kept = line.Length > LineLength ? line[..LineLength] + " …" : line;
            if (_first.Count < FirstLines)
            {
                _first.Add(kept);
                return;
            }

            _last.Enqueue(kept);
            if (_last.Count > LastLines)
            {
                _last.Dequeue();
                _left++;
            }
        }
    }

    /// <summary>Forgets what was said before.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _first.Clear();
            _last.Clear();
            _left = 0;
        }
    }

    public override string ToString()
    {
        lock (_lock)
        {
            IEnumerable<string> between = _left > 0 ? [$"… {_left} lines …"] : [];
            return string.Join('\n', _first.Concat(between).Concat(_last));
        }
    }
}
