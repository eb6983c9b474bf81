using System.Globalization;
using System.Text.Json.Nodes;

namespace Flow.Tests.Durability;

/// <summary>Inserts, changes and deletes the rows of a sheet that nobody else writes.</summary>
internal sealed class RecordLane(string sheet, int pageSize, bool changes, Random random) : Lane(random)
{
    private readonly Dictionary<string, string> _rows = [];
    private readonly List<string> _order = [];
    private int _next;

    public override async Task CheckAsync(LoadClient client)
    {
        var found = new Dictionary<string, string>();
        for (var page = 1; ; page++)
        {
            var rows = (await client.GetAsync($"sheets/{sheet}/records?pageSize=5000&pageNumber={page}"))["records"]!.AsArray();
            foreach (var row in rows)
            {
                Assert.True(found.TryAdd((string)row!["id"]!, (string)row["values"]!["a"]!["value"]!), "a record stands there twice");
            }

            if (rows.Count < 5_000)
            {
                break;
            }
        }

        var lost = _rows.Where(row => found.GetValueOrDefault(row.Key) != row.Value).Select(row => $"{row.Key}={row.Value} is {found.GetValueOrDefault(row.Key, "gone")}").Take(5).ToList();
        Assert.True(lost.Count == 0, $"acknowledged records are not there in {sheet}: {string.Join(", ", lost)}");
        var extra = found.Where(row => !_rows.ContainsKey(row.Key)).Select(row => $"{row.Key}={row.Value}").Take(5).ToList();
        Assert.True(extra.Count == 0, $"records nobody asked for are in {sheet}: {string.Join(", ", extra)}");
    }

    protected override (Call Call, Action<JsonNode> Acknowledged)? Next() => !changes || _order.Count < 50 ? Insert() : Random.Next(3) switch
    {
        0 => Insert(),
        1 => Delete(),
        _ => Change(),
    };

    private (Call, Action<JsonNode>) Insert()
    {
        var values = Enumerable.Range(0, Random.Next(1, pageSize + 1)).Select(_ => (_next++).ToString(CultureInfo.InvariantCulture)).ToArray();
        var body = "[" + string.Join(',', values.Select(value => $$$"""{"a":{"value":"{{{value}}}"},"b":{"value":"{{{new string('x', Random.Next(200))}}}"}}""")) + "]";
        return (new Call("POST", $"sheets/{sheet}/records", body), answer =>
        {
            var ids = answer["data"]!["records"]!.AsArray().Select(row => (string)row!["id"]!).ToArray();
            Assert.Equal(values.Length, ids.Length);
            for (var i = 0; i < ids.Length; i++)
            {
                _rows.Add(ids[i], values[i]);
                _order.Add(ids[i]);
            }
        });
    }

    private (Call, Action<JsonNode>) Change()
    {
        var changed = Some(5).ToDictionary(id => id, _ => $"changed {_next++}");
        var body = "[" + string.Join(',', changed.Select(one => $$$"""{"id":"{{{one.Key}}}","values":{"a":{"value":"{{{one.Value}}}"} } }""")) + "]";
        return (new Call("PUT", $"sheets/{sheet}/records", body), _ =>
        {
            foreach (var (id, value) in changed)
            {
                _rows[id] = value;
            }
        });
    }

    private (Call, Action<JsonNode>) Delete()
    {
        var ids = Some(4);
        return (new Call("DELETE", $"sheets/{sheet}/records?{string.Join('&', ids.Select(id => "ids=" + id))}") { MayBeGone = true }, _ =>
        {
            foreach (var id in ids)
            {
                _rows.Remove(id);
                _order.Remove(id);
            }
        });
    }

    private string[] Some(int most) => [.. Enumerable.Range(0, Random.Next(1, most + 1)).Select(_ => _order[Random.Next(_order.Count)]).Distinct()];
}
