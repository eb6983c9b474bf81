using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>The JSON of exports and of what lies beside them.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ExportManifest))]
[JsonSerializable(typeof(ServersManifest))]
[JsonSerializable(typeof(ExportNote))]
[JsonSerializable(typeof(CleanupState))]
internal sealed partial class CleanupJson : JsonSerializerContext;
