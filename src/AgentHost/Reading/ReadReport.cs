using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Host.Reading;

/// <summary>What came of reading a file.</summary>
internal sealed class ReadReport(string name, string format, ITableFile file)
{
    private readonly List<ReadTableReport> _tables = [];

    public string Name => name;

    public string Format => format;

    public IReadOnlyList<ReadDecision> Decisions => file.Decisions;

    public IReadOnlyList<ReadTableReport> Tables => _tables;

    /// <summary>Why the rest of the file could not be read; null when all of it was.</summary>
    public string? Fault { get; set; }

    /// <summary>Every row can be taken.</summary>
    public bool IsWhole => Fault is null && _tables.TrueForAll(t => t.RowsRefused == 0);

    public ReadTableReport Begin(ITable table)
    {
        var begun = new ReadTableReport(table);
        _tables.Add(begun);
        return begun;
    }

    public JsonObject ToJson() => new()
    {
        ["file"] = Name,
        ["format"] = Format,
        ["decisions"] = ToJson(Decisions),
        ["tables"] = new JsonArray([.. _tables.Select(t => (JsonNode)new JsonObject
        {
            ["name"] = t.Name,
            ["columns"] = new JsonArray([.. t.Labels.Select(l => (JsonNode)l)]),
            ["rowsRead"] = t.RowsRead,
            ["rowsRefused"] = t.RowsRefused,
            ["refused"] = new JsonArray([.. t.Refused.Select(r => (JsonNode)r)]),
            ["decisions"] = ToJson(t.Decisions),
        })]),
        ["fault"] = Fault,
    };

    private static JsonArray ToJson(IReadOnlyList<ReadDecision> decisions) => new([.. decisions.Select(d => (JsonNode)new JsonObject
    {
        ["property"] = d.Property,
        ["value"] = d.Value,
        ["confidence"] = Math.Round(d.Confidence, 3),
        ["evidence"] = d.Evidence,
    })]);
}
