using System.Text.Json.Serialization;

namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>The JSON of recurring work in the store.</summary>
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class RecurringJson : JsonSerializerContext;
