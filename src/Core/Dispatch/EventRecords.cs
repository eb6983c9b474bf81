using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>The rows behind an event's <c>dataUrl</c>, over the API. The client is made on first use: most handlers read no rows.</summary>
internal sealed class EventRecords(FlatfileEvent @event, Func<FlatfileClient> client) : IEventRecords
{
    private const int PageSize = 10_000;

    private bool _written;

    public bool Available => @event.DataUrl is not null;

    /// <summary>An event that speaks of one page of a large change says so itself.</summary>
    private bool IsOnePage => @event.DataUrl?.Contains("pageNumber=", StringComparison.Ordinal) == true;

    public async IAsyncEnumerable<IReadOnlyList<FlatfileRecord>> ReadPagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (@event.DataUrl is not { } url)
        {
            yield break;
        }

        var isOnePage = IsOnePage;
        var firstOfLast = default(string);
        for (var number = 1; ; number++)
        {
            var page = await ReadPageAsync(url, isOnePage ? null : number, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0 || page[0].Id == firstOfLast)
            {
                yield break;
            }

            firstOfLast = page[0].Id;
            var isLast = isOnePage || page.Count < PageSize;
            yield return page;
            if (isLast)
            {
                yield break;
            }
        }
    }

    public async Task<int> UpdateAsync(IReadOnlyList<FlatfileRecord> records, CancellationToken cancellationToken)
    {
        var changed = records.Where(r => r.IsModified).ToList();
        if (changed.Count == 0)
        {
            return 0;
        }

        var url = @event.DataUrl ?? throw new InvalidOperationException($"Event {@event} has no dataUrl: there are no rows to write.");
        await client().PutRelativeAsync(
            url,
            writer =>
            {
                writer.WriteStartArray();
                changed.ForEach(r => r.WriteChanges(writer));
                writer.WriteEndArray();
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        _written = true;
        return changed.Count;
    }

    public Task MarkAsync(IReadOnlyList<FlatfileRecord> records, string message, CancellationToken cancellationToken)
    {
        var sheetId = @event.Context.SheetId ?? throw new InvalidOperationException($"Event {@event} names no sheet: its rows cannot be marked.");
        var marked = records.Where(r => r.Fields.Any()).ToList();
        return marked.Count == 0 ? Task.CompletedTask : client().Records.UpdateAsync(sheetId, Write, cancellationToken: cancellationToken);

        void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartArray();
            foreach (var record in marked)
            {
                WriteMark(writer, record, message);
            }

            writer.WriteEndArray();
        }
    }

    public Task CompleteAsync(CancellationToken cancellationToken)
    {
        var tracks = @event.Payload.TryGetProperty("trackChanges", out var track) && track.ValueKind == JsonValueKind.True;
        if (!tracks || _written || @event.Context.CommitId is not { } commit)
        {
            return Task.CompletedTask;
        }

        // Completing the commit would answer for the other pages too, which may not have been checked: a write-back of no rows answers for this one.
        return IsOnePage && @event.DataUrl is { } url
            ? client().PutRelativeAsync(url, WriteNoRows, cancellationToken: cancellationToken)
            : client().Commits.CompleteAsync(commit, cancellationToken);
    }

    private static void WriteNoRows(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        writer.WriteEndArray();
    }

    private static void WriteMark(Utf8JsonWriter writer, FlatfileRecord record, string message)
    {
        writer.WriteStartObject();
        writer.WriteString("id", record.Id);
        writer.WriteStartObject("values");
        writer.WriteStartObject(record.Fields.First());
        writer.WriteStartArray("messages");
        writer.WriteStartObject();
        writer.WriteString("message", message);
        writer.WriteString("type", "error");
        writer.WriteString("source", RecordMessage.CustomLogic);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private async Task<IReadOnlyList<FlatfileRecord>> ReadPageAsync(string url, int? number, CancellationToken cancellationToken)
    {
        IEnumerable<KeyValuePair<string, string>> query = number is { } n
            ? [new("pageSize", PageSize.ToString(CultureInfo.InvariantCulture)), new("pageNumber", n.ToString(CultureInfo.InvariantCulture))]
            : [];
        var rows = new List<FlatfileRecord>();
        var answer = await client().OpenRelativeAsync(url, query, cancellationToken).ConfigureAwait(false);
        await using var closing = answer.ConfigureAwait(false);
        await foreach (var row in FlatfileRecordReader.ReadAsync(answer, cancellationToken).ConfigureAwait(false))
        {
            rows.Add(row);
        }

        return rows;
    }
}
