using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Core.Tests.Support;

/// <summary>A sheet of a server that takes every insert for a new one.</summary>
internal sealed class FakeSheet
{
    private readonly Lock _lock = new();
    private readonly List<string> _rows = [];
    private readonly Dictionary<int, Fault> _faults = [];
    private readonly List<(int Left, List<string> Rows)> _late = [];
    private int _posts;

    public IReadOnlyList<string> Rows
    {
        get
        {
            lock (_lock)
            {
                return [.. _rows];
            }
        }
    }

    /// <summary>Orders a fault.</summary>
    /// <param name="post">At which insert, counted from 1.</param>
    /// <param name="applied">Whether its rows are taken.</param>
    /// <param name="status">The answer; null cuts the connection.</param>
    /// <param name="later">The rows are taken after all when the sheet was counted this often since; 0 for never.</param>
    /// <param name="foreign">Rows of somebody else that come at the same time.</param>
    public void Fail(int post, bool applied, int? status, int later = 0, int foreign = 0) => _faults[post] = new Fault(applied, status, later, foreign);

    public async Task CountAsync(HttpContext http)
    {
        int count;
        lock (_lock)
        {
            for (var i = _late.Count - 1; i >= 0; i--)
            {
                _late[i] = (_late[i].Left - 1, _late[i].Rows);
                if (_late[i].Left <= 0)
                {
                    _rows.AddRange(_late[i].Rows);
                    _late.RemoveAt(i);
                }
            }

            count = _rows.Count;
        }

        await http.Response.WriteAsJsonAsync(new JsonObject { ["data"] = new JsonObject { ["counts"] = new JsonObject { ["total"] = count, ["valid"] = count, ["error"] = 0 } } });
    }

    public async Task InsertAsync(HttpContext http)
    {
        var body = (await JsonNode.ParseAsync(http.Request.Body))!.AsArray();
        var values = body.Select(row => (string)row!["n"]!["value"]!).ToList();
        Fault? fault;
        lock (_lock)
        {
            fault = _faults.GetValueOrDefault(++_posts);
            if (fault is null or { Applied: true })
            {
                _rows.AddRange(values);
            }

            _rows.AddRange(Enumerable.Repeat("foreign", fault?.Foreign ?? 0));
            if (fault?.Later > 0)
            {
                _late.Add((fault.Later, values));
            }
        }

        if (fault is { Status: null })
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = fault?.Status ?? 200;
        await http.Response.WriteAsJsonAsync(new JsonObject { ["data"] = new JsonObject { ["success"] = true, ["records"] = new JsonArray() } });
    }

    private sealed record Fault(bool Applied, int? Status, int Later, int Foreign);
}
