using System.Text.Json;
using System.Text.Json.Serialization;
using Flatfile.Agent.Host.Importing;
using Flatfile.Agent.Host.Serving;

namespace Flatfile.Agent.Host.Output;

/// <summary>The JSON this program writes and reads itself.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(ServerAddress))]
[JsonSerializable(typeof(ImportReport))]
internal sealed partial class HostJson : JsonSerializerContext;
