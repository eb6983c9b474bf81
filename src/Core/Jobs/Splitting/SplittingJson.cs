using System.Text.Json.Serialization;

namespace Flatfile.Agent.Core.Jobs.Splitting;

/// <summary>How a plan is stored.</summary>
[JsonSerializable(typeof(SplitPlan))]
internal sealed partial class SplittingJson : JsonSerializerContext;
