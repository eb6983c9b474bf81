using System.Net;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Typing;
using Flatfile.Api;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>Gathers what is known beside the names: the file's values, the values of referenced sheets, mappings accepted earlier.</summary>
internal sealed partial class MatchSources(FlatfileClient client, ILogger logger)
{
    /// <summary>Rows looked at for the choice of fields. Casting looks at all.</summary>
    public const int SampleRows = SamplePages * SheetPages.Size;

    private const int SamplePages = 2;
    private const string RuleType = "assign";

    public async Task<IReadOnlyDictionary<string, TypedColumn>> ProfilesAsync(Sheet source, CancellationToken cancellationToken)
    {
        var fields = source.Config.Fields;
        var typing = new FileTyping([.. fields.Select(f => f.Label ?? f.Key)]);
        for (var number = 1; number <= SamplePages; number++)
        {
            var page = await SheetPages.ReadAsync(client, source.Id, null, number, cancellationToken);
            foreach (var record in page.EnumerateArray())
            {
                var values = record.GetProperty("values");
                for (var i = 0; i < fields.Count; i++)
                {
                    typing.Add(i, SheetPages.TryGet(values, fields[i].Key, out var value) ? SheetPages.TextOf(value) : "");
                }
            }

            if (page.GetArrayLength() < SheetPages.Size)
            {
                break;
            }
        }

        return fields.Zip(typing.Conclude()).ToDictionary(p => p.First.Key, p => p.Second, StringComparer.Ordinal);
    }

    public async Task<IReadOnlyDictionary<(string Sheet, string Field), IReadOnlySet<string>>> ReferencesAsync(IReadOnlyList<Sheet> sheets, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(string, string), IReadOnlySet<string>>();
        foreach (var config in sheets.SelectMany(s => s.Config.Fields).Where(f => f.Type == PropertyType.Reference).Select(f => f.Config))
        {
            if (config is not { Ref: { } slug, Key: { } key } || found.ContainsKey((slug, key)) || sheets.FirstOrDefault(s => s.Slug == slug) is not { } sheet)
            {
                continue;
            }

            var page = await SheetPages.ReadAsync(client, sheet.Id, [key], 1, cancellationToken);
            found[(slug, key)] = page.EnumerateArray().Select(r => SheetPages.TryGet(r.GetProperty("values"), key, out var value) ? SheetPages.TextOf(value) : null)
                .OfType<string>().ToHashSet(StringComparer.Ordinal);
        }

        return found;
    }

    /// <summary>Mappings that a person accepted in this environment, the latest first where two differ.</summary>
    public async Task<IReadOnlyDictionary<(string Sheet, string Column), string>> LearntAsync(string environmentId, CancellationToken cancellationToken)
    {
        var rules = new List<MappingRule>();
        try
        {
            await foreach (var program in client.Mapping.ListAsync(environmentId, cancellationToken: cancellationToken))
            {
                rules.AddRange((program.Rules ?? []).Where(r => r is { Type: RuleType, AcceptedAt: not null }));
            }
        }
        catch (FlatfileApiException fault) when (fault.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.NotImplemented)
        {
            // A server without saved mappings, or a key that may not see them, is no reason not to map.
            NothingLearnt(logger, fault.Message);
        }

        var learnt = new Dictionary<(string, string), string>();
        foreach (var config in rules.OrderByDescending(r => r.AcceptedAt).Select(r => r.Config as JsonObject))
        {
            if (Text(config, "sheet") is { } sheet && Text(config, "from") is { } from && Text(config, "to") is { } to)
            {
                learnt.TryAdd((sheet, ColumnName.Normalise(from)), to);
            }
        }

        return learnt;
    }

    /// <summary>Keeps what a person said of this file for later ones.</summary>
    public async Task RememberAsync(JobContext context, string environmentId, Sheet source, SheetMatch match, CancellationToken cancellationToken)
    {
        var given = match.Mapped.Where(m => m.Closeness == NameCloseness.Given).ToList();
        if (given.Count == 0)
        {
            return;
        }

        var program = new MappingProgramConfig
        {
            Source = source.Config,
            Destination = match.Sheet.Config,
            Rules = [.. given.Select(m => new MappingRule
            {
                Name = $"{m.FromName} to {m.To.Label ?? m.To.Key}",
                Type = RuleType,
                Config = new JsonObject { ["sheet"] = match.Sheet.Slug, ["from"] = m.FromName, ["to"] = m.To.Key },
                AcceptedAt = context.Event.CreatedAt ?? DateTimeOffset.UnixEpoch,
                AcceptedBy = context.Event.Context.ActorId,
            })],
        };
        try
        {
            await client.Mapping.CreateAsync(environmentId, program, new RequestOptions { IdempotencyKey = $"{context.JobId}:learnt:{source.Id}" }, cancellationToken);
        }
        catch (FlatfileApiException fault) when (fault.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.NotImplemented)
        {
            NotRemembered(logger, fault.Message);
        }
    }

    private static string? Text(JsonObject? config, string name) => config?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    [LoggerMessage(Level = LogLevel.Debug, Message = "No mappings of earlier files are used: {Reason}")]
    private static partial void NothingLearnt(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The given mapping is used for this file and not kept for later ones: {Reason}")]
    private static partial void NotRemembered(ILogger logger, string reason);
}
