using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Api;

/// <summary>Named configurations from which spaces are created, each with what makes it its own.</summary>
public sealed class SpaceTemplates(FlatfileClient client, TimeProvider? time = null)
{
    private readonly ConcurrentDictionary<string, JsonObject> _templates = new(StringComparer.Ordinal);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>The names registered, sorted.</summary>
    public IReadOnlyList<string> Names => [.. _templates.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Registers a template; a name registered before stands for the new one from now on.</summary>
    public void Register(string name, SpaceConfig config)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(config);
        _templates[name] = Json(config);
    }

    /// <summary>
    /// A template with what makes a space its own: the members of the overrides replace those of the template, except that metadata is merged
    /// member by member and says <c>template</c>. The same arguments make the same configuration.
    /// </summary>
    /// <exception cref="KeyNotFoundException">No template has this name.</exception>
    public SpaceConfig Configure(string name, SpaceConfig? overrides = null)
    {
        if (!_templates.TryGetValue(name, out var template))
        {
            throw new KeyNotFoundException($"There is no space template '{name}'. Registered: {(Names.Count == 0 ? "none" : string.Join(", ", Names))}.");
        }

        var given = overrides is null ? [] : Json(overrides);
        var merged = template.DeepClone().AsObject();
        foreach (var (member, value) in given)
        {
            merged[member] = value?.DeepClone();
        }

        var metadata = template["metadata"]?.DeepClone() as JsonObject ?? [];
        foreach (var (member, value) in given["metadata"] as JsonObject ?? [])
        {
            metadata[member] = value?.DeepClone();
        }

        metadata["template"] = name;
        merged["metadata"] = metadata;
        return merged.Deserialize(FlatfileJson.Default.SpaceConfig)!;
    }

    /// <summary>Creates a space from a template; its metadata says <c>createdAt</c> too.</summary>
    /// <exception cref="KeyNotFoundException">No template has this name.</exception>
    public Task<Space> CreateAsync(string name, SpaceConfig? overrides = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var config = Configure(name, overrides);
        config.Metadata!["createdAt"] = _time.GetUtcNow().UtcDateTime;
        return client.Spaces.CreateAsync(config, options, cancellationToken);
    }

    private static JsonObject Json(SpaceConfig config) => JsonSerializer.SerializeToNode(config, FlatfileJson.Default.SpaceConfig)!.AsObject();
}
