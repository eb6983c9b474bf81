using System.Runtime.CompilerServices;

namespace Flatfile.Agent.Handlers.Dedupe;

/// <summary>Finds the duplicates among keys on disk. Of a part only its different keys are in memory, however many rows have them.</summary>
/// <param name="spool">The keys.</param>
/// <param name="keep">Which row of a group stays, as the option says.</param>
/// <param name="chooseAsync">For a group whose row is chosen by a plugin: the id of the one that stays.</param>
internal sealed class DuplicateFinder(KeySpool spool, string keep, Func<IReadOnlyList<KeyedRow>, CancellationToken, Task<string>>? chooseAsync)
{
    private const int MostChosenFrom = 1_000;

    /// <summary>Rows that share their key with another, by group: each but the one that stays, in the order of the sheet.</summary>
    public async IAsyncEnumerable<DuplicatePair> FindAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var part = 0; part < spool.Parts; part++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var staying = await StayingAsync(part, cancellationToken);
            foreach (var row in spool.Read(part))
            {
                // While the sheet is read a row may move and come twice: it is no duplicate of itself.
                if (staying[row.Key] is var stays && stays.Id != row.Id)
                {
                    yield return new DuplicatePair(stays.Id, stays.Number, row.Id, row.Number);
                }
            }
        }
    }

    private async Task<Dictionary<string, KeyedRow>> StayingAsync(int part, CancellationToken cancellationToken)
    {
        var staying = new Dictionary<string, KeyedRow>(StringComparer.Ordinal);
        var groups = new Dictionary<string, List<KeyedRow>>(StringComparer.Ordinal);
        foreach (var row in spool.Read(part))
        {
            if (staying.TryAdd(row.Key, row))
            {
                continue;
            }

            if (keep == DedupeOptions.Last)
            {
                staying[row.Key] = row;
            }
            else if (chooseAsync is not null)
            {
                Gather(groups, staying[row.Key], row);
            }
        }

        foreach (var (key, rows) in groups)
        {
            var chosen = await chooseAsync!(rows, cancellationToken);
            staying[key] = rows.Find(row => row.Id == chosen);
        }

        return staying;
    }

    private static void Gather(Dictionary<string, List<KeyedRow>> groups, KeyedRow first, KeyedRow row)
    {
        if (!groups.TryGetValue(row.Key, out var rows))
        {
            groups.Add(row.Key, rows = [first]);
        }

        if (rows.TrueForAll(known => known.Id != row.Id))
        {
            rows.Add(row);
        }

        if (rows.Count > MostChosenFrom)
        {
            throw new JobFailedException(
                $"More than {MostChosenFrom:N0} rows have the same key as row {first.Number:N0}; a choice among so many is not made. Keep the first, the last or the merged row, or name more fields.");
        }
    }
}
