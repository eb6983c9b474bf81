using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Flatfile.Agent.Host.DeadLetters;
using Flatfile.Agent.Host.Health;
using Flatfile.Agent.Host.Recurring;

namespace Flatfile.Agent.Host.Operating;

/// <summary>The JSON of the operator's endpoint.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(FaultView))]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(LetterPage))]
[JsonSerializable(typeof(LetterDetail))]
[JsonSerializable(typeof(ReplayOrder))]
[JsonSerializable(typeof(ReplayAnswer))]
[JsonSerializable(typeof(DropOrder))]
[JsonSerializable(typeof(DropAnswer))]
[JsonSerializable(typeof(BusPage))]
[JsonSerializable(typeof(BusOrder))]
[JsonSerializable(typeof(BusAnswer))]
[JsonSerializable(typeof(PluginOrder))]
[JsonSerializable(typeof(PluginAnswer))]
[JsonSerializable(typeof(IReadOnlyList<PluginDetail>))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(IReadOnlyList<RecurringView>))]
[JsonSerializable(typeof(IReadOnlyList<RecurringRunView>))]
[JsonSerializable(typeof(RecurringRunView))]
[JsonSerializable(typeof(RecurringOrder))]
[JsonSerializable(typeof(RecurringAnswer))]
internal sealed partial class OperatorJson : JsonSerializerContext;
