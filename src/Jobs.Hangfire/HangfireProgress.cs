using System.Globalization;
using Flatfile.Agent.Core.Progress;
using Hangfire.Storage;

namespace Flatfile.Agent.Jobs.Hangfire;

/// <summary>Writes how far runs have come into Hangfire's store, where the dashboard of every node reads it.</summary>
internal sealed class HangfireProgress(HangfireStore store, HangfireInUse inUse) : IProgressWatcher
{
    /// <summary>Longer than the longest time between two reports that anyone would wait for.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private const string Percent = "percent";
    private const string Info = "info";

    public Task ToldAsync(string ticketId, double percent, string? info, CancellationToken cancellationToken) =>
        inUse.Is ? Task.Run(() => Write(ticketId, percent, info), cancellationToken) : Task.CompletedTask;

    /// <summary>Such as <c>42 %, Reading rows</c>; null when nothing was told.</summary>
    public static string? Read(IStorageConnection connection, string ticketId)
    {
        var told = connection.GetAllEntriesFromHash(KeyOf(ticketId));
        return told is null || !told.TryGetValue(Percent, out var percent) ? null
            : told.TryGetValue(Info, out var info) && info is { Length: > 0 } ? $"{percent} %, {info}"
            : $"{percent} %";
    }

    /// <summary>Beside the name of what has ended, how far it had once come would be read as where it stopped.</summary>
    public static void Forget(IWriteOnlyTransaction transaction, string ticketId) => transaction.RemoveHash(KeyOf(ticketId));

    private static string KeyOf(string ticketId) => "progress:" + ticketId;

    private void Write(string ticketId, double percent, string? info)
    {
        var told = new Dictionary<string, string> { [Percent] = Math.Floor(percent).ToString(CultureInfo.InvariantCulture) };
        if (info is not null)
        {
            told[Info] = info;
        }

        using var connection = store.Open().GetConnection();
        using var transaction = (JobStorageTransaction)connection.CreateWriteTransaction();
        transaction.SetRangeInHash(KeyOf(ticketId), told);
        transaction.ExpireHash(KeyOf(ticketId), Kept);
        transaction.Commit();
    }
}
