using System.Text.Json.Serialization;
using Flatfile.Agent.Handlers.Egress.Database;
using Flatfile.Agent.Handlers.Settings;
using Flatfile.Agent.Handlers.Webhooks;

namespace Flatfile.Agent.Handlers.Egress;

[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(WrittenBoolean)])]
[JsonSerializable(typeof(EgressOptions))]
[JsonSerializable(typeof(WebhookOptions))]
[JsonSerializable(typeof(RejectionAnswer))]
[JsonSerializable(typeof(DatabaseOptions))]
internal sealed partial class EgressJson : JsonSerializerContext;
