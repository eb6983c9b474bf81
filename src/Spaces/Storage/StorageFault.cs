using Flatfile.Spaces.Http;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Storage;

/// <summary>What SQLite's and the file system's errors mean to a client.</summary>
internal static class StorageFault
{
    private const int NoSpace = 28;
    private const int QuotaUsedUp = 122;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;
    private const int Busy = 5;

    /// <summary>No room for the index beside the log: SQLite calls it an input/output error.</summary>
    private const int NoRoomForIndex = 10 | (19 << 8);

    /// <summary>A refusal about the named thing ("Space us_sp_…"); null when the error is a mistake of this program.</summary>
    public static Func<string, ApiRefusal>? Of(SqliteException fault) => fault.SqliteErrorCode switch
    {
        InputOutput when fault.SqliteExtendedErrorCode == NoRoomForIndex => _ => DiskFull(fault),
        Full => _ => DiskFull(fault),
        Busy => subject => Unavailable(subject, "its database is locked by another program", "Close that program.", fault),
        ReadOnly or CannotOpen => subject => Unavailable(subject, "its database cannot be opened for writing", "Check the rights of its folder.", fault),
        InputOutput or Corrupt or NotADatabase => subject => Unavailable(subject, "its database cannot be read", "Restore it from a backup.", fault),
        _ => null,
    };

    /// <summary>Whether the open file must not be used any more.</summary>
    public static bool IsDamage(SqliteException fault) => fault.SqliteExtendedErrorCode != NoRoomForIndex && fault.SqliteErrorCode is InputOutput or Corrupt or NotADatabase or CannotOpen;

    /// <summary>507.</summary>
    public static ApiRefusal DiskFull(Exception cause) =>
        new(507, new ApiFault(null, "The disk is full; nothing was changed. Make room and repeat the request.")) { Data = { ["cause"] = cause.ToString() } };

    /// <summary>503 for one space; the others go on.</summary>
    public static ApiRefusal Unavailable(string subject, string why, string cure, Exception? cause = null) =>
        new(503, new ApiFault(null, $"{subject} is not available: {why}. {cure} Nothing was changed.")) { Data = { ["cause"] = cause?.ToString() } };

    /// <summary>Whether a file could not be written for lack of room.</summary>
    public static bool IsDiskFull(IOException fault) =>
        (fault.HResult & 0xFFFF) is NoSpace or QuotaUsedUp or 0x70 or 0x27;
}
