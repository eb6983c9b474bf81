using System.Globalization;
using System.Text.Json;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Drivers.Polling;

/// <summary>The two calls the Polling driver makes.</summary>
internal sealed class PolledEvents(FlatfileClient client, string? environmentId)
{
    /// <summary>Events asked for at once.</summary>
    public const int PageSize = 200;

    public async Task<IReadOnlyList<PolledEvent>> ListAsync(DateTimeOffset since, int page, CancellationToken cancellationToken)
    {
        var query = new List<KeyValuePair<string, string>>
        {
            new("since", WriteTime(since)),
            new("includeAcknowledged", "false"),
            new("pageSize", PageSize.ToString(CultureInfo.InvariantCulture)),
            new("pageNumber", page.ToString(CultureInfo.InvariantCulture)),
        };
        if (environmentId is not null)
        {
            query.Add(new("environmentId", environmentId));
        }

        var data = await client.GetRelativeAsync("v1/events", query, cancellationToken).ConfigureAwait(false);
        return data.ValueKind == JsonValueKind.Array ? [.. data.EnumerateArray().Select(PolledEvent.Of)] : [];
    }

    public Task AcknowledgeAsync(string id, CancellationToken cancellationToken) => client.Events.AckAsync(id, cancellationToken);

    public static string WriteTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset ReadTime(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
