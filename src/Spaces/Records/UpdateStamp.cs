using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Which commit changed rows belong to.</summary>
internal sealed class UpdateStamp
{
    private readonly long _commit;
    private readonly (long First, long Last)? _own;
    private readonly bool _isWriteBack;

    private UpdateStamp(long commit, bool stampAll, bool isWriteBack, (long, long)? own)
    {
        _commit = commit;
        StampAll = stampAll;
        _isWriteBack = isWriteBack;
        _own = own;
    }

    /// <summary>Whether rows are stamped although nothing in them changed, so that hooks see them.</summary>
    public bool StampAll { get; }

    /// <summary>The number of the commit.</summary>
    public long Commit => _commit;

    /// <summary>A change by itself.</summary>
    public static UpdateStamp New(long commit, bool stampAll = false) => new(commit, stampAll, false, null);

    /// <summary>A hook's answer to a commit: its rows stay in that commit, so that others can still read it.</summary>
    public static UpdateStamp WriteBack(SqliteConnection connection, int sheet, long commit) =>
        new(commit, false, true, CommitRows.Inserted(connection, sheet, commit));

    /// <summary>Whether a row is the commit's already, because it inserted it.</summary>
    public bool Inserted(long row) => _own is { } own && row >= own.First && row <= own.Last;

    /// <summary>The stamp a row gets.</summary>
    public long? For(long row, long? old) =>
        !_isWriteBack ? _commit
        : Inserted(row) ? old
        : Math.Max(old ?? 0, _commit);
}
