using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Jobs;

/// <summary>What came of a job, for a person.</summary>
internal sealed record JobOutcome(string Message)
{
    /// <summary>A title.</summary>
    public string? Heading { get; init; }

    /// <summary>Where to go from here: <c>{type: "id" | "url" | "download" | "files" | …}</c>.</summary>
    public JsonObject? Next { get; init; }

    /// <summary>Figures for programs, such as how many rows were concerned. They stand beside the message.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Figures { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>The member <c>outcome</c> of the job.</summary>
    public JsonObject ToJson()
    {
        var outcome = new JsonObject { ["message"] = Message };
        if (Heading is not null)
        {
            outcome["heading"] = Heading;
        }

        if (Next is not null)
        {
            outcome["next"] = Next.DeepClone();
        }

        foreach (var (name, value) in Figures)
        {
            outcome[name] = value?.DeepClone();
        }

        return outcome;
    }
}
