using Flatfile.Agent.Handlers.Archives;
using Flatfile.Agent.Handlers.Delimited;
using Flatfile.Agent.Handlers.Export;
using Flatfile.Agent.Handlers.Html;
using Flatfile.Agent.Handlers.Json;
using Flatfile.Agent.Handlers.Spreadsheets;
using Flatfile.Agent.Handlers.Xml;
using Flatfile.Agent.Handlers.Xml.Workbooks;

namespace Flatfile.Agent.Handlers.Reading;

/// <summary>The kinds of files that are read, and which of them a file is.</summary>
public static class FileFormats
{
    /// <summary>Every kind; where two are equally sure, the first.</summary>
    public static IReadOnlyList<IFileFormat> All { get; } =
    [
        new XlsxFormat(), new XlsFormat(), new JsonFormat(), new WorkbookFormat(), new HtmlFormat(), new XmlFormat(), new ZipFormat(), new GzipFormat(),
        new DelimitedFormat(),
    ];

    /// <summary>True when files with this name are usually of a kind that is read.</summary>
    public static bool Knows(string fileName) => All.Any(f => f.Extensions.Contains(Path.GetExtension(fileName).ToLowerInvariant()));

    /// <summary>Opens a file as what it is.</summary>
    /// <param name="content">Disposed with the result, or here when it cannot be opened.</param>
    /// <param name="options">What a person knows better.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnreadableFileException">It is of no kind that is read, or damaged.</exception>
    public static async Task<ITableFile> OpenAsync(FileContent content, ReadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var file = await Find(content.Head, options).OpenAsync(content, options, cancellationToken);
            return options.Guarded == true ? new UnguardedFile(file) : file;
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    private static IFileFormat Find(FileHead head, ReadOptions options)
    {
        if (options.Format is { } wanted)
        {
            var extension = "." + wanted.TrimStart('.').ToLowerInvariant();
            return All.FirstOrDefault(f => f.Extensions.Contains(extension))
                ?? throw new UnreadableFileException($"The reading option 'format' is '{wanted}', which is none of: {string.Join(", ", All.SelectMany(f => f.Extensions).Select(e => e[1..]))}.");
        }

        return All.MaxBy(f => f.Recognise(head))!;
    }
}
