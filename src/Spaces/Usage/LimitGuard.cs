using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Usage;

/// <summary>Watches one change of a space: measured before and after, it may not go over a limit, whatever in the server makes it.</summary>
/// <remarks>
/// What only takes away, or changes little in place, passes also above a limit: a full space must be emptied, renamed and archived like any other.
/// </remarks>
internal sealed class LimitGuard
{
    private const int Near = 80;
    private const int Reached = 100;

    /// <summary>Pages an update or the event of a removal may take.</summary>
    private const long Slack = 256 * 1024;

    private readonly SpaceWrite _write;
    private readonly Dictionary<string, long> _before = [];
    private readonly bool _isBirth;
    private bool _changed;

    private LimitGuard(SpaceWrite write, bool isBirth)
    {
        _write = write;
        _isBirth = isBirth;
    }

    /// <summary>Looks at the space before a change.</summary>
    public static LimitGuard Begin(SpaceWrite write, bool isBirth)
    {
        var guard = new LimitGuard(write, isBirth);
        if (!isBirth)
        {
            foreach (var (kind, _, _) in guard.Limits())
            {
                guard._before[kind.Name] = kind.Measure(write);
            }
        }

        return guard;
    }

    /// <summary>Says that this change sets limits itself.</summary>
    public void Changed() => _changed = true;

    /// <summary>Refuses a change that goes over a limit; announces a limit that is near or reached.</summary>
    public void End()
    {
        if (_before.Count == 0 && !_changed && !_isBirth)
        {
            return;
        }

        foreach (var (kind, most, level) in Limits())
        {
            var after = kind.Measure(_write);
            var before = _isBirth ? 0 : _before.GetValueOrDefault(kind.Name, after);
            if (after > most && after - before > (kind.IsSize && !GrewOtherwise() ? Slack : 0))
            {
                throw new LimitRefusal(kind, most, before, after, _write.Folder.Subject);
            }

            Announce(kind, most, after, level, relaxes: after < before || _changed);
        }
    }

    /// <summary>After a refusal, in a change of its own: the limit counts as reached.</summary>
    public static void Announce(SpaceWrite write, LimitRefusal refusal)
    {
        var guard = new LimitGuard(write, isBirth: false);
        var level = guard.Limits().FirstOrDefault(limit => limit.Kind == refusal.Kind).Level;
        guard.Raise(refusal.Kind, refusal.Most, refusal.Used, level, Reached);
    }

    /// <summary>The limits that hold in a space: its own, else the server's.</summary>
    public static IEnumerable<(LimitKind Kind, long Most)> Of(SpaceRead read) => Limits(read.Connection, read.Folder).Select(limit => (limit.Kind, limit.Most));

    private static List<(LimitKind Kind, long Most, long Level)> Limits(SqliteConnection connection, SpaceFolder folder)
    {
        var own = connection.Rows("SELECT name, most, level FROM limits", row => (row.GetString(0), row.IsDBNull(1) ? (long?)null : row.GetInt64(1), row.GetInt64(2)))
            .ToDictionary(row => row.Item1);
        var limits = new List<(LimitKind, long, long)>();
        foreach (var kind in LimitKind.All)
        {
            var (_, most, level) = own.GetValueOrDefault(kind.Name);
            if ((most ?? kind.Default(folder.Options)) is { } holds)
            {
                limits.Add((kind, holds, level));
            }
        }

        return limits;
    }

    private List<(LimitKind Kind, long Most, long Level)> Limits() => Limits(_write.Connection, _write.Folder);

    /// <summary>Whether the change brought more than bytes: records and files are not taken above the limit, however small.</summary>
    private bool GrewOtherwise() => _isBirth || _write.Brings;

    private void Announce(LimitKind kind, long most, long used, long level, bool relaxes)
    {
        var percent = most == 0 ? Reached : (int)Math.Min(used * 100.0 / most, 1000);
        if (percent >= Reached || percent >= Near)
        {
            Raise(kind, most, used, level, percent >= Reached ? Reached : Near);
        }
        else if (level != 0 && relaxes)
        {
            Store(kind, 0);
        }
    }

    private void Raise(LimitKind kind, long most, long used, long level, int reached)
    {
        if (level >= reached)
        {
            return;
        }

        Store(kind, reached);
        _write.Emit(new NewEvent(reached == Reached ? Topics.SpaceLimitReached : Topics.SpaceLimitApproached, "space")
        {
            Payload = new JsonObject { ["limit"] = kind.Name, ["most"] = most, ["used"] = used, ["percent"] = reached },
        });
    }

    private void Store(LimitKind kind, int level) => _write.Connection.Execute(
        "INSERT INTO limits(name, level) VALUES ($name, $level) ON CONFLICT(name) DO UPDATE SET level = $level", ("$name", kind.Name), ("$level", level));
}
