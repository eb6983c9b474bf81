using System.Text.Json.Serialization;
using Flatfile.Agent.Handlers.Settings;

namespace Flatfile.Agent.Handlers.Export;

[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(WrittenBoolean)])]
[JsonSerializable(typeof(ExportOptions))]
internal sealed partial class ExportJson : JsonSerializerContext;
