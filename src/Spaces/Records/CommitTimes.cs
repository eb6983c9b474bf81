using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>
/// When rows were last changed: the time of the commit that inserted them or last changed a value of theirs. Cells keep no time of their
/// own, so every cell of a row has its row's.
/// </summary>
internal sealed class CommitTimes : IDisposable
{
    private const int Most = 1_000;

    private readonly int _sheet;
    private readonly Statement _insertOf;
    private readonly Statement _timeOf;
    private readonly Dictionary<long, JsonEncodedText?> _times = [];
    private (long First, long Last, long Commit) _insert = (1, 0, 0);

    public CommitTimes(SqliteConnection connection, int sheet)
    {
        _sheet = sheet;
        _insertOf = new Statement(connection, "SELECT first, last, commit_number FROM record_inserts WHERE sheet = ? AND first <= ? ORDER BY first DESC, commit_number LIMIT 1");
        _timeOf = new Statement(connection, "SELECT json_extract(body, '$.createdAt') FROM commits WHERE number = ?");
    }

    /// <summary>The commit that inserted a row or changed it last; 0 where it is not known.</summary>
    public long CommitOf(long row, long? changed) => changed ?? CommitThatInserted(row);

    /// <summary>Nothing where the commit is not known.</summary>
    /// <param name="row">The row.</param>
    /// <param name="changed">The commit it is stamped with, where it was changed since it came.</param>
    public JsonEncodedText? Of(long row, long? changed) => Time(CommitOf(row, changed));

    public void Dispose()
    {
        _insertOf.Dispose();
        _timeOf.Dispose();
    }

    private long CommitThatInserted(long row)
    {
        if (row < _insert.First || row > _insert.Last)
        {
            _insertOf.Bind(1, _sheet);
            _insertOf.Bind(2, row);
            _insert = _insertOf.Step() ? (_insertOf.Long(0), _insertOf.Long(1), _insertOf.Long(2)) : (row, row, 0);
            _insertOf.Reset();
        }

        return _insert.Commit;
    }

    private JsonEncodedText? Time(long commit)
    {
        if (!_times.TryGetValue(commit, out var time))
        {
            if (_times.Count >= Most)
            {
                _times.Clear();
            }

            _timeOf.Bind(1, commit);
            time = _timeOf.Step() && _timeOf.Text(0) is { } text ? JsonEncodedText.Encode(text) : null;
            _timeOf.Reset();
            _times.Add(commit, time);
        }

        return time;
    }
}
