using System.Text;
using System.Text.Json;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Json;

/// <summary>JSON: arrays of objects or arrays, nested documents, a value per line, GeoJSON.</summary>
internal sealed class JsonFormat : IFileFormat
{
    private const double ByContent = 0.95;
    private const double ByBrokenContent = 0.5;
    private const double ByName = 0.3;

    public string Name => "JSON";

    public IReadOnlyList<string> Extensions { get; } = [".json", .. JsonLines.Extensions, ".geojson", ".topojson"];

    public double Recognise(FileHead head)
    {
        var byName = Extensions.Contains(head.Extension) ? ByName : 0;
        var bytes = Utf8(head);
        var start = bytes.Span.IndexOfAnyExcept(" \t\r\n\u001E"u8);
        if (start < 0 || bytes.Span[start] is not ((byte)'{' or (byte)'[' or (byte)'/'))
        {
            return byName;
        }

        return Tokens(bytes.Span[start..], head.IsWhole) switch
        {
            > 1 => ByContent,
            1 when byName > 0 => ByBrokenContent,
            _ => byName,
        };
    }

    public async Task<ITableFile> OpenAsync(FileContent content, ReadOptions options, CancellationToken cancellationToken) =>
        await JsonFile.OpenAsync(content, options, cancellationToken);

    /// <summary>How many tokens the text begins with before it stops being JSON; two are enough to know it.</summary>
    private static int Tokens(ReadOnlySpan<byte> text, bool isWhole)
    {
        var options = new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowMultipleValues = true };
        var reader = new Utf8JsonReader(text, isWhole, new JsonReaderState(options));
        var tokens = 0;
        try
        {
            while (tokens < 4 && reader.Read())
            {
                tokens++;
            }
        }
        catch (JsonException)
        {
            return Math.Min(tokens, 1);
        }

        return tokens;
    }

    private static ReadOnlyMemory<byte> Utf8(FileHead head)
    {
        if (NamedEncoding.OfMark(head.Bytes.Span) is not { } mark)
        {
            return head.Bytes;
        }

        var rest = head.Bytes.Span[mark.MarkLength..];
        var lenient = (Encoding)mark.Encoding.Clone();
        lenient.DecoderFallback = DecoderFallback.ReplacementFallback;
        return Encoding.UTF8.GetBytes(lenient.GetString(rest));
    }
}
