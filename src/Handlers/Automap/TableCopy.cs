using System.Text.Json;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>Copies the rows of one sheet of a file into the sheet that claimed it.</summary>
internal sealed class TableCopy
{
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText Messages = JsonEncodedText.Encode("messages");

    private readonly FlatfileClient _client;
    private readonly Sheet _source;
    private readonly SheetMatch _match;
    private readonly List<Column> _columns;
    private readonly List<string> _left;

    public TableCopy(FlatfileClient client, Sheet source, SheetMatch match)
    {
        (_client, _source, _match) = (client, source, match);
        _columns = [.. match.Mapped.Select(m => new Column(m.From.Key, JsonEncodedText.Encode(m.To.Key), EnumMatch.Of(m.To)))];
        _left = [.. match.Unmapped.Select(c => c.Key)];
    }

    /// <param name="jobId">Part of the keys that make a repeated page harmless.</param>
    /// <param name="from">Where an earlier run stopped.</param>
    /// <param name="saveAsync">Called after each page that the server acknowledged.</param>
    /// <param name="cancellationToken">Ends the copy.</param>
    public async Task<AutomapCheckpoint.Table> RunAsync(string jobId, AutomapCheckpoint.Table from, Func<AutomapCheckpoint.Table, Task> saveAsync, CancellationToken cancellationToken)
    {
        var checkpoint = from;
        var next = ReadAsync(checkpoint.Pages + 1, cancellationToken);
        while (await next is var page && page.GetArrayLength() is > 0 and var rows)
        {
            var number = checkpoint.Pages + 1;
            next = rows < SheetPages.Size ? Task.FromResult(SheetPages.Empty) : ReadAsync(number + 1, cancellationToken);
            try
            {
                var options = new RequestOptions { IdempotencyKey = $"{jobId}:map:{_source.Id}:{number}", ReturnMinimal = true };
                await _client.Records.InsertAsync(_match.Sheet.Id, writer => Write(writer, page), options, cancellationToken);
            }
            catch
            {
                // The page read ahead is of no use any more; its own fault, if any, is not the one to tell.
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }

            Count(page, checkpoint);
            checkpoint = checkpoint with { Pages = number, Rows = checkpoint.Rows + rows };
            await saveAsync(checkpoint);
        }

        return checkpoint;
    }

    private Task<JsonElement> ReadAsync(int number, CancellationToken cancellationToken) =>
        SheetPages.ReadAsync(_client, _source.Id, _columns.Select(c => c.From).Concat(_left), number, cancellationToken);

    /// <summary>After the page is written and not while: a repeated attempt would count twice.</summary>
    private void Count(JsonElement page, AutomapCheckpoint.Table checkpoint)
    {
        var enums = _columns.Where(c => c.Options is not null).ToList();
        if (enums.Count + _left.Count == 0)
        {
            return;
        }

        var row = checkpoint.Rows;
        foreach (var record in page.EnumerateArray())
        {
            row++;
            var values = record.GetProperty("values");
            foreach (var column in _left.Where(c => SheetPages.TryGet(values, c, out _)))
            {
                checkpoint.Tally.Leave(column, row);
            }

            foreach (var column in enums)
            {
                if (SheetPages.TryGet(values, column.From, out var value) && SheetPages.TextOf(value) is var text && column.Options!.Find(text) is not { IsSame: true } and var hit)
                {
                    checkpoint.Tally.Take(column.From, text, hit);
                }
            }
        }
    }

    /// <summary>Values go over as the text they are; the sheet casts them. Empty cells are left out: the server makes them empty.</summary>
    private void Write(Utf8JsonWriter writer, JsonElement records)
    {
        writer.WriteStartArray();
        foreach (var record in records.EnumerateArray())
        {
            var values = record.GetProperty("values");
            writer.WriteStartObject();
            foreach (var column in _columns)
            {
                if (SheetPages.TryGet(values, column.From, out var value))
                {
                    writer.WriteStartObject(column.To);
                    Write(writer, column, value);
                    writer.WriteEndObject();
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, Column column, JsonElement value)
    {
        writer.WritePropertyName(Value);
        if (column.Options?.Find(SheetPages.TextOf(value)) is not { IsSame: false } hit)
        {
            value.WriteTo(writer);
            return;
        }

        hit.Value.WriteTo(writer);
        writer.WriteStartArray(Messages);
        writer.WriteStartObject();
        writer.WriteString("type", "info");
        writer.WriteString("source", RecordMessage.CustomLogic);
        writer.WriteString("message", $"The file has '{SheetPages.TextOf(value)}' here, taken as '{hit.Text}': {hit.Reason}.");
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private sealed record Column(string From, JsonEncodedText To, EnumMatch? Options);
}
