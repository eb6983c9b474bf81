using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Events;

/// <summary>Writes an event as it is stored, listed and delivered.</summary>
internal static class EventBody
{
    /// <summary>The event's JSON in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Write(NewEvent news, string id, EventOrigin origin) => Wire.Bytes(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteString("topic", news.Topic);
        writer.WriteString("type", news.Topic);
        writer.WriteString("domain", news.Domain);
        writer.WritePropertyName("context");
        Context(news, origin).WriteTo(writer);
        writer.WritePropertyName("payload");
        news.Payload.WriteTo(writer);
        WriteText(writer, "target", news.Target ?? Target(news));
        writer.WriteStartArray("namespaces");
        foreach (var name in origin.Namespaces)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
        WriteNode(writer, "origin", news.Origin);
        WriteNode(writer, "attributes", news.Attributes);
        writer.WriteString("callbackUrl", $"v1/events/{id}/ack");
        WriteText(writer, "dataUrl", news.DataUrl);
        writer.WriteString("createdAt", origin.CreatedAt);
        writer.WriteNull("deletedAt");
        writer.WriteNull("acknowledgedAt");
        writer.WriteNull("acknowledgedBy");
        writer.WriteEndObject();
    });

    /// <summary>What the caller gave, and over it the facts nobody may claim otherwise.</summary>
    private static JsonObject Context(NewEvent news, EventOrigin origin)
    {
        var context = (JsonObject)news.Context.DeepClone();
        context["accountId"] = origin.AccountId;
        context["environmentId"] = origin.EnvironmentId;
        context["actorId"] = origin.ActorId;
        context["namespaces"] = new JsonArray([.. origin.Namespaces.Select(name => (JsonNode)name)]);
        context["slugs"] = new JsonObject { ["sheet"] = news.Context.Text("sheetSlug") };
        context.TryAdd("precedingEventId", null);
        if (origin.SpaceId is not null)
        {
            context["spaceId"] = origin.SpaceId;
        }

        if (origin.AppId is not null)
        {
            context["appId"] = origin.AppId;
        }

        if (news.Domain == "space" && news.Topic.StartsWith("space:", StringComparison.Ordinal))
        {
            context["eventType"] = news.Topic;
            context["userId"] = origin.ActorId;
            context["metadata"] = origin.SpaceMetadata?.DeepClone();
        }

        return context;
    }

    private static string? Target(NewEvent news) =>
        news.Context.Text("sheetSlug") is { } slug ? $"sheet({slug[(slug.LastIndexOf('/') + 1)..]})"
        : news.Domain == "file" ? "space(*)"
        : null;

    private static void WriteText(Utf8JsonWriter writer, string member, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(member, text);
        }
    }

    private static void WriteNode(Utf8JsonWriter writer, string member, JsonNode? node)
    {
        if (node is not null)
        {
            writer.WritePropertyName(member);
            node.WriteTo(writer);
        }
    }
}
