using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>
/// What a person said of how a file is read, kept for later files of the same source: in the environment's metadata, under the file's name
/// with its digits made alike, so that <c>orders-2026-11.csv</c> is read as <c>orders-2026-10.csv</c> was.
/// </summary>
/// <remarks>A password is never kept. Two that are said at the same moment may cost one of them; it can be said again.</remarks>
internal sealed class ReadingMemory(FlatfileClient client)
{
    private const string Member = "flatfileAgentReading";
    private const int MaxSources = 200;

    /// <summary>What was said of the last file of this source; null when nothing was.</summary>
    public async Task<ReadOptions?> FindAsync(string? environmentId, string fileName, CancellationToken cancellationToken)
    {
        if (await MetadataAsync(environmentId, cancellationToken) is not { } metadata || metadata[Member] is not JsonObject kept || kept[SourceOf(fileName)] is not JsonObject options)
        {
            return null;
        }

        try
        {
            return options.Deserialize(ReadingJson.Default.ReadOptions);
        }
        catch (JsonException)
        {
            // Metadata is anybody's to write; what is no such note is none.
            return null;
        }
    }

    /// <summary>Keeps what was said of a file, once it was read that way.</summary>
    public async Task KeepAsync(string? environmentId, string fileName, ReadOptions options, CancellationToken cancellationToken)
    {
        if (await MetadataAsync(environmentId, cancellationToken) is not { } metadata)
        {
            return;
        }

        var kept = metadata[Member] as JsonObject ?? [];
        var source = SourceOf(fileName);
        kept.Remove(source);
        while (kept.Count >= MaxSources)
        {
            kept.RemoveAt(0);
        }

        kept[source] = JsonSerializer.SerializeToNode(options with { Password = null }, ReadingJson.Default.ReadOptions);
        metadata[Member] = kept.Parent is null ? kept : kept.DeepClone();
        await client.Environments.UpdateAsync(environmentId!, new EnvironmentConfig { Metadata = metadata }, cancellationToken);
    }

    /// <summary>The name of a file's source: its name in lower case, each run of digits as one <c>0</c>.</summary>
    public static string SourceOf(string fileName)
    {
        var source = new System.Text.StringBuilder(fileName.Length);
        foreach (var c in fileName)
        {
            if (!char.IsDigit(c))
            {
                source.Append(char.ToLowerInvariant(c));
            }
            else if (source.Length == 0 || source[^1] != '0')
            {
                source.Append('0');
            }
        }

        return source.ToString();
    }

    /// <summary>Null when this key may not see the environment: then nothing is remembered.</summary>
    private async Task<JsonObject?> MetadataAsync(string? environmentId, CancellationToken cancellationToken)
    {
        if (environmentId is null)
        {
            return null;
        }

        try
        {
            return (await client.Environments.GetAsync(environmentId, cancellationToken)).Metadata?.DeepClone().AsObject() ?? [];
        }
        catch (FlatfileApiException fault) when (fault.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
