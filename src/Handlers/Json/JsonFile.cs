using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Json;

/// <summary>A JSON file opened for reading: its tables and columns are known from a first pass, a second hands out the rows.</summary>
internal sealed class JsonFile : ITableFile
{
    private readonly FileContent _content;
    private readonly JsonBytes _bytes;
    private readonly JsonSource _source;
    private readonly Queue<JsonTable> _tables = new();

    private JsonFile(FileContent content, JsonBytes bytes, JsonSurvey survey, ReadOptions options)
    {
        (_content, _bytes) = (content, bytes);
        _source = Source(bytes);
        var walker = new JsonWalker(_source, survey.Layout, survey.Path);
        var records = new JsonRecords(walker);
        var taken = JsonTables.Choose(survey, Path.GetFileNameWithoutExtension(content.Head.Name), options);
        foreach (var (name, number) in taken.Names)
        {
            var facts = survey.Tables[number];
            _tables.Enqueue(new JsonTable(name, number, walker, facts, facts.Close(options, survey.Path?.HasKeys == true), records));
        }

        Decisions = [bytes.Encoding, .. taken.Decisions];
    }

    public string Format => "JSON";

    public IReadOnlyList<ReadDecision> Decisions { get; }

    public double Progress => _bytes.Stream.Length == 0 ? 1 : Math.Min(1, (double)_source.Position / _bytes.Stream.Length);

    /// <exception cref="UnreadableFileException">It is no JSON, or holds no records.</exception>
    public static async Task<JsonFile> OpenAsync(FileContent content, ReadOptions options, CancellationToken cancellationToken)
    {
        var bytes = await JsonBytes.OpenAsync(content, options, cancellationToken);
        try
        {
            var isLines = await IsLinesAsync(bytes, content.Head.Extension, options, cancellationToken);
            var path = options.RecordPath is { } given ? JsonPath.Parse(given) : null;
            var survey = await JsonSurvey.RunAsync(() => Source(bytes), isLines, path, options.PathSeparator ?? ".", cancellationToken);
            return new JsonFile(content, bytes, survey, options);
        }
        catch
        {
            await bytes.DisposeAsync();
            throw;
        }
    }

    public ValueTask<ITable?> NextTableAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<ITable?>(_tables.TryDequeue(out var next) ? next : null);

    public async ValueTask DisposeAsync()
    {
        await _bytes.DisposeAsync();
        await _content.DisposeAsync();
    }

    private static JsonSource Source(JsonBytes bytes)
    {
        bytes.Stream.Position = bytes.MarkLength;
        return new JsonSource(bytes.Stream);
    }

    private static async Task<bool> IsLinesAsync(JsonBytes bytes, string extension, ReadOptions options, CancellationToken cancellationToken)
    {
        bytes.Stream.Position = bytes.MarkLength;
        var head = new byte[64 * 1024];
        var length = await bytes.Stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        if (head.AsSpan(0, length).IndexOfAnyExcept(" \t\r\n"u8) < 0 && length < head.Length)
        {
            throw new UnreadableFileException("This file is empty: it holds no JSON value. Upload a file with an array of records.");
        }

        var asked = options.Format is { } format ? "." + format.TrimStart('.').ToLowerInvariant() : extension;
        return JsonLines.Recognise(head.AsSpan(0, length), length < head.Length, asked);
    }
}
