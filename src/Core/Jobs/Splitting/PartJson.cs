using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Agent.Core.Jobs.Splitting;

/// <summary>How the data of a part is read.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class PartJson : JsonSerializerContext;
