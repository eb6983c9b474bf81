using System.Text.Json.Serialization;

namespace Flatfile.Agent.Core.Jobs.Inserts;

/// <summary>How inserts are stored.</summary>
[JsonSerializable(typeof(InsertLog))]
internal sealed partial class InsertsJson : JsonSerializerContext;
