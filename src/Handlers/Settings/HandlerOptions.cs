using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Settings;

/// <summary>Options of a handler: the settings first, and over them what the job's input says and may say.</summary>
internal static class HandlerOptions
{
    /// <summary>Reads the options.</summary>
    /// <param name="settings">The handler's section of the settings.</param>
    /// <param name="input">The input of the job; null for none.</param>
    /// <param name="mayGive">Members that a job's input may set. Others in it are passed over: it may carry what is meant for somebody else.</param>
    /// <param name="type">What the options are.</param>
    /// <exception cref="JobFailedException">A value is not of its member's kind.</exception>
    public static T Read<T>(IConfiguration settings, JsonObject? input, IReadOnlyCollection<string> mayGive, JsonTypeInfo<T> type)
    {
        var merged = NodeOf(settings) as JsonObject ?? [];
        foreach (var (name, value) in input ?? [])
        {
            if (mayGive.Contains(name, StringComparer.OrdinalIgnoreCase) && value is not null)
            {
                Replace(merged, name, value.DeepClone());
            }
        }

        try
        {
            return merged.Deserialize(type)!;
        }
        catch (JsonException fault)
        {
            throw new JobFailedException(
                $"The option '{fault.Path?.TrimStart('$', '.')}' has a value of the wrong kind. Correct it in the job's input or in the settings of the handler.", fault);
        }
    }

    private static void Replace(JsonObject merged, string name, JsonNode value)
    {
        foreach (var old in merged.Select(m => m.Key).Where(k => k.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList())
        {
            merged.Remove(old);
        }

        merged[name] = value;
    }

    /// <summary>A section as JSON: texts, and where its children are numbered from 0, a list.</summary>
    private static JsonNode? NodeOf(IConfiguration section)
    {
        var children = section.GetChildren().ToList();
        if (children.Count == 0)
        {
            return section is IConfigurationSection { Value: { } value } ? JsonValue.Create(value) : null;
        }

        return children.All(c => int.TryParse(c.Key, out _))
            ? new JsonArray([.. children.Select(NodeOf)])
            : new JsonObject(children.Select(c => KeyValuePair.Create(c.Key, NodeOf(c))));
    }
}
