using System.Diagnostics;
using Flatfile.Spaces.Storage;
using Flatfile.Spaces.Tests.Support;
using Xunit.Abstractions;

namespace Flatfile.Spaces.Tests.Events;

/// <summary>Lists of a long log: every way to ask has an index in the order of its answer.</summary>
public sealed class EventListPlanTests(ITestOutputHelper output)
{
    private const int Many = 200_000;

    [Fact]
    public async Task NoListSortsOrScansALongLog()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        Assert.True(Flatfile.Spaces.Ids.ResourceId.TryParse("us_sp_", space, out var id));
        await server.Service<CentralStore>().WriteAsync("", "", change => change.Connection.Execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $many)
            INSERT INTO events(space, sequence, environment, topic, domain, created_at, acknowledged_at, body)
            SELECT CASE WHEN i % 1000 = 0 THEN $space ELSE 900000 END, 1000 + i, $environment,
                CASE WHEN i % 5000 = 0 THEN 'rare:topic' ELSE 'commit:created' END, CASE WHEN i % 5000 = 0 THEN 'rare' ELSE 'workbook' END,
                strftime('%Y-%m-%dT%H:%M:%fZ', '2024-01-01', '+' || i || ' seconds'), CASE WHEN i % 3 = 0 THEN NULL ELSE '2024-06-01T00:00:00.000Z' END,
                CAST('{"id":"' || i || '","filler":"' || hex(zeroblob(300)) || '"}' AS BLOB)
            FROM n
            """,
            ("$many", Many), ("$space", id.Space), ("$environment", server.Access.EnvironmentId)), CancellationToken.None);

        foreach (var (query, count) in new[]
        {
            ("", 10), ("includeAcknowledged=true", 10), ("topic=rare:topic&includeAcknowledged=true&pageSize=1000", 40),
            ("domain=rare&includeAcknowledged=true&pageSize=1000", 40), ($"spaceId={space}&includeAcknowledged=true&pageSize=1000", 201),
            ($"spaceId={space}&topic=rare:topic&includeAcknowledged=true&pageSize=1000", 40), ("topic=no:such", 0), ("domain=none", 0),
            ("since=2024-01-03T07:00:00Z&includeAcknowledged=true&topic=rare:topic", 1), ("since=2025-01-01T00:00:00Z", 1),
        })
        {
            await server.DataAsync("GET", $"events?{query}");
            var clock = Stopwatch.StartNew();
            var found = (await server.DataAsync("GET", $"events?{query}")).AsArray().Count;
            output.WriteLine($"{clock.Elapsed.TotalMilliseconds,7:0.0} ms {found,5} {query}");
            Assert.True(found == count || (query.StartsWith("since", StringComparison.Ordinal) && found >= count), $"{query}: {found}");
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"{query} took {clock.Elapsed}.");
        }
    }
}
