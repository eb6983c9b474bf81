using System.Text.Json.Serialization;

namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>The form of the plugins' memory on disk.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(List<PluginMemory>))]
internal sealed partial class PluginMemoryJson : JsonSerializerContext;
