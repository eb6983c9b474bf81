using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>What a space holds, by the server's word: the measure for its export, and a stamp that changes with any of it.</summary>
internal sealed record SpaceContent
{
    public required Space Space { get; init; }

    public required IReadOnlyList<Workbook> Workbooks { get; init; }

    /// <summary>How many records each sheet has.</summary>
    public required IReadOnlyDictionary<string, long> Records { get; init; }

    public required IReadOnlyList<FlatfileFile> Files { get; init; }

    public required IReadOnlyList<Document> Documents { get; init; }

    /// <summary>A hash over everything that changes when the space does.</summary>
    public required string Stamp { get; init; }

    /// <summary>Asks the server.</summary>
    public static async Task<SpaceContent> ReadAsync(FlatfileClient client, string spaceId, CancellationToken cancellationToken)
    {
        var stamp = new StringBuilder();
        var space = await client.Spaces.GetAsync(spaceId, cancellationToken).ConfigureAwait(false);
        Add(stamp, space.Id, space.UpdatedAt, space.Status, string.Join(',', space.Labels ?? []), space.LastActivityAt ?? default);
        var workbooks = await AllAsync(client.Workbooks.ListAsync(spaceId, cancellationToken), w => w.Id, cancellationToken).ConfigureAwait(false);
        var records = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var workbook in workbooks)
        {
            Add(stamp, workbook.Id, workbook.UpdatedAt);
            foreach (var sheet in workbook.Sheets.OrderBy(s => s.Id, StringComparer.Ordinal))
            {
                var counts = await client.Sheets.GetRecordCountsAsync(sheet.Id, cancellationToken: cancellationToken).ConfigureAwait(false);
                records[sheet.Id] = counts.Total;
                var commits = await AllAsync(client.Sheets.ListCommitsAsync(sheet.Id, cancellationToken: cancellationToken), c => c.Id, cancellationToken).ConfigureAwait(false);
                Add(stamp, sheet.Id, sheet.UpdatedAt, counts.Total, counts.Error, commits.Count, commits.LastOrDefault()?.Id);
            }
        }

        var files = await AllAsync(client.Files.ListAsync(spaceId, cancellationToken), f => f.Id, cancellationToken).ConfigureAwait(false);
        foreach (var file in files)
        {
            Add(stamp, file.Id, file.UpdatedAt, file.Size, file.Status);
        }

        var documents = await AllAsync(client.Documents.ListAsync(spaceId, cancellationToken), d => d.Id, cancellationToken).ConfigureAwait(false);
        foreach (var document in documents)
        {
            Add(stamp, document.Id, document.Title, document.Body);
        }

        return new SpaceContent
        {
            Space = space, Workbooks = workbooks, Records = records, Files = files, Documents = documents,
            Stamp = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stamp.ToString()))),
        };
    }

    private static void Add(StringBuilder stamp, params ReadOnlySpan<object?> parts)
    {
        foreach (var part in parts)
        {
            // The length before each part keeps two different lists from reading alike.
            var text = part is DateTimeOffset time ? time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) : Convert.ToString(part, CultureInfo.InvariantCulture) ?? "";
            stamp.Append(CultureInfo.InvariantCulture, $"{text.Length}:{text};");
        }
    }

    private static async Task<IReadOnlyList<T>> AllAsync<T>(IAsyncEnumerable<T> source, Func<T, string> id, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        await foreach (var item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            all.Add(item);
        }

        return [.. all.OrderBy(id, StringComparer.Ordinal)];
    }
}
