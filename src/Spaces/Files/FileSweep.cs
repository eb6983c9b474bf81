using System.Globalization;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;
using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Files;

/// <summary>Removes bytes that belong to no file: a crash may come between moving them and committing their row, or between the row's end and theirs.</summary>
internal sealed partial class FileSweep(FileSpool spool, FileKeeping keeping, ILogger<FileSweep> logger)
{
    /// <summary>Uploads that were cut off.</summary>
    public void ClearUploads() => spool.Clear();

    /// <summary>Removes bytes whose files ended, now or when no copy needs them any more; what cannot be removed then is removed at the next start.</summary>
    public void Remove(SpaceFolder space, IEnumerable<string> places)
    {
        foreach (var place in places)
        {
            try
            {
                keeping.Remove(space.Number, place);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                LogLeft(logger, fault, place);
            }
        }
    }

    /// <summary>Bytes of one space without a row.</summary>
    public async Task RunAsync(SpaceFolder space, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(space.Files) || !Directory.EnumerateFiles(space.Files).Any())
        {
            return;
        }

        try
        {
            var known = await space.ReadAsync(
                read => read.Connection.Rows("SELECT number FROM files WHERE state <> 'purged'", row => row.GetInt64(0)).ToHashSet(), cancellationToken).ConfigureAwait(false);
            foreach (var path in Directory.EnumerateFiles(space.Files))
            {
                if (long.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && !known.Contains(number))
                {
                    File.Delete(path);
                    LogRemoved(logger, path);
                }
            }
        }
        catch (Exception fault) when (fault is ApiRefusal or IOException or UnauthorizedAccessException)
        {
            LogSkipped(logger, space.Id, fault.Message);
        }
    }
}
