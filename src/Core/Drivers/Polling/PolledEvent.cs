using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Flatfile.Agent.Core.Drivers.Polling;

/// <summary>One event of an answer.</summary>
/// <param name="Id">Its id; made of its bytes when it has none.</param>
/// <param name="CreatedAt">Null when it has no readable time.</param>
/// <param name="Body">As the source wrote it.</param>
internal sealed record PolledEvent(string Id, DateTimeOffset? CreatedAt, byte[] Body)
{
    private const string WithoutId = "unreadable:";

    /// <summary>False when the source would not know what is meant.</summary>
    public static bool IsId(string id) => !id.StartsWith(WithoutId, StringComparison.Ordinal);

    public static PolledEvent Of(JsonElement item)
    {
        var body = JsonMarshal.GetRawUtf8Value(item).ToArray();
        var id = Text(item, "id") is { Length: > 0 } given ? given : WithoutId + Convert.ToHexString(SHA256.HashData(body));
        var isTime = DateTimeOffset.TryParse(Text(item, "createdAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at);
        return new PolledEvent(id, isTime ? at : null, body);
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
