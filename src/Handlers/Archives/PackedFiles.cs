using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Archives;

/// <summary>Opens a file that came out of an archive.</summary>
internal static class PackedFiles
{
    private const double ByContentOrName = 0.2;

    /// <summary>Opens it as what it is; an archive inside shares the budget of the one it came from.</summary>
    /// <param name="content">Disposed with the result, or here when it cannot be opened.</param>
    /// <param name="options">For the files inside.</param>
    /// <param name="budget">What may still be unpacked.</param>
    /// <param name="depth">How many archives it came out of.</param>
    /// <param name="isNamed">A person asked for this file by its name.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnreadableFileException">It holds no table that can be read.</exception>
    public static async Task<ITableFile> OpenAsync(
        FileContent content, ReadOptions options, UnpackBudget budget, int depth, bool isNamed, CancellationToken cancellationToken)
    {
        try
        {
            var format = FileFormats.All.MaxBy(f => f.Recognise(content.Head))!;
            if (format.Recognise(content.Head) < ByContentOrName && content.Head.Extension.Length > 0 && !isNamed)
            {
                throw new UnreadableFileException($"Files of the kind {content.Head.Extension} are not read.");
            }

            if (format is not (ZipFormat or GzipFormat))
            {
                return await format.OpenAsync(content, options, cancellationToken);
            }

            if (depth >= ArchiveLimits.Depth)
            {
                throw new UnreadableFileException($"It is an archive inside {ArchiveLimits.Depth} others, the limit. Unpack it and upload the files inside.");
            }

            return format is ZipFormat
                ? await ZipFile.OpenAsync(content, options, budget, depth + 1, cancellationToken)
                : await GzipFile.OpenAsync(content, options, budget, depth + 1, cancellationToken);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }
}
