using System.Text.Json.Serialization;

namespace Flatfile.Agent.Core.Jobs.Paging;

/// <summary>How a place is stored.</summary>
[JsonSerializable(typeof(PagePlace))]
internal sealed partial class PagingJson : JsonSerializerContext;
