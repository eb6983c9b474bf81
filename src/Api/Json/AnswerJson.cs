using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>Source-generated reading of enveloped answers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(WireDateConverter)])]
[JsonSerializable(typeof(Envelope<Space>))]
[JsonSerializable(typeof(Envelope<List<Space>>))]
[JsonSerializable(typeof(Envelope<SpaceUser>))]
[JsonSerializable(typeof(Envelope<List<SpaceUser>>))]
[JsonSerializable(typeof(Envelope<SpaceUsage>))]
[JsonSerializable(typeof(Envelope<SpaceMetrics>))]
[JsonSerializable(typeof(Envelope<Workbook>))]
[JsonSerializable(typeof(Envelope<List<Workbook>>))]
[JsonSerializable(typeof(Envelope<Sheet>))]
[JsonSerializable(typeof(Envelope<List<Sheet>>))]
[JsonSerializable(typeof(Envelope<Property>))]
[JsonSerializable(typeof(Envelope<SheetCounts>))]
[JsonSerializable(typeof(Envelope<RecordsPage>))]
[JsonSerializable(typeof(Envelope<RecordVersion>))]
[JsonSerializable(typeof(Envelope<FlatfileFile>))]
[JsonSerializable(typeof(Envelope<List<FlatfileFile>>))]
[JsonSerializable(typeof(Envelope<Document>))]
[JsonSerializable(typeof(Envelope<List<Document>>))]
[JsonSerializable(typeof(Envelope<Job>))]
[JsonSerializable(typeof(Envelope<List<Job>>))]
[JsonSerializable(typeof(Envelope<Event>))]
[JsonSerializable(typeof(Envelope<List<Event>>))]
[JsonSerializable(typeof(Envelope<EventToken>))]
[JsonSerializable(typeof(Envelope<Commit>))]
[JsonSerializable(typeof(Envelope<List<Commit>>))]
[JsonSerializable(typeof(Envelope<FlatfileEnvironment>))]
[JsonSerializable(typeof(Envelope<List<FlatfileEnvironment>>))]
[JsonSerializable(typeof(Envelope<List<Secret>>))]
[JsonSerializable(typeof(Envelope<Account>))]
[JsonSerializable(typeof(Envelope<JsonObject>))]
[JsonSerializable(typeof(Envelope<List<Calculation>>))]
[JsonSerializable(typeof(Envelope<Dictionary<string, List<CellValueCounts>>>))]
[JsonSerializable(typeof(List<RecordIndex>))]
[JsonSerializable(typeof(RecordLine))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class AnswerJson : JsonSerializerContext;
