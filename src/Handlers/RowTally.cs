using System.Text.Json.Nodes;

namespace Flatfile.Agent.Handlers;

/// <summary>Accounts for every row of a file: read = written + refused.</summary>
internal sealed class RowTally
{
    private const int MaxReasons = 20;

    private readonly List<(long Row, string Reason)> _reasons = [];

    public long Read { get; private set; }

    public long Refused { get; private set; }

    public long Written { get; private set; }

    /// <summary>A row was read and will be written.</summary>
    public void Take() => Read++;

    /// <summary>A row was read and cannot be written.</summary>
    public void Refuse(long row, string reason)
    {
        Read++;
        Refused++;
        if (_reasons.Count < MaxReasons)
        {
            _reasons.Add((row, reason));
        }
    }

    /// <summary>The server acknowledged rows.</summary>
    public void Write(long rows) => Written += rows;

    /// <summary>The first reason, as a sentence for the message; null when no row was refused.</summary>
    public string? FirstReason => _reasons.Count > 0 ? _reasons[0].Reason : null;

    /// <summary>The numbers and the first reasons, for the job's outcome.</summary>
    public void AddTo(JsonObject details)
    {
        details["rowsRead"] = Read;
        details["rowsWritten"] = Written;
        details["rowsRefused"] = Refused;
        details["refused"] = new JsonArray([.. _reasons.Select(r => (JsonNode)new JsonObject { ["row"] = r.Row, ["reason"] = r.Reason })]);
    }
}
