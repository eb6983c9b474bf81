using System.Text.Json.Nodes;

namespace Core.Tests.Support;

/// <summary>A job as the fake Flatfile keeps it.</summary>
internal sealed class FakeJob(string id, string spaceId)
{
    public string Id { get; } = id;

    public string Status { get; set; } = "ready";

    public double Progress { get; set; }

    public string? Info { get; set; }

    public JsonObject? Outcome { get; set; }

    public List<double> ProgressSeen { get; } = [];

    public int Ends { get; set; }

    public bool HasEnded => Status is "complete" or "failed" or "canceled";

    public string Json => new JsonObject
    {
        ["data"] = new JsonObject
        {
            ["id"] = Id,
            ["type"] = "file",
            ["operation"] = "extract",
            ["source"] = "us_fl_1",
            ["spaceId"] = spaceId,
            ["status"] = Status,
            ["progress"] = Progress,
            ["info"] = Info,
            ["outcome"] = Outcome?.DeepClone(),
            ["createdAt"] = "2025-01-01T00:00:00.000Z",
            ["updatedAt"] = "2025-01-01T00:00:00.000Z",
        },
    }.ToJsonString();
}
