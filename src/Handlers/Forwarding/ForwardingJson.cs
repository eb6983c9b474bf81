using System.Text.Json.Serialization;
using Flatfile.Agent.Handlers.Settings;
using Flatfile.Agent.Handlers.Webhooks;

namespace Flatfile.Agent.Handlers.Forwarding;

[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(WrittenBoolean)])]
[JsonSerializable(typeof(ForwardingOptions))]
[JsonSerializable(typeof(WebhookOptions))]
internal sealed partial class ForwardingJson : JsonSerializerContext;
