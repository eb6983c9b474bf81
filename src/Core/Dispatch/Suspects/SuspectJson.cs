using System.Text.Json.Serialization;

namespace Flatfile.Agent.Core.Dispatch.Suspects;

/// <summary>The JSON between the two processes.</summary>
[JsonSerializable(typeof(SuspectRequest))]
[JsonSerializable(typeof(SuspectAnswer))]
internal sealed partial class SuspectJson : JsonSerializerContext;
