using System.Text.Json.Nodes;

namespace Flatfile.Agent;

/// <summary>A part to be made.</summary>
/// <param name="Data">What the part's run needs to know; small, and stored in Flatfile.</param>
/// <param name="Weight">How much work it is beside the others, for the progress of the whole; more than 0.</param>
public sealed record JobPartPlan(JsonObject Data, double Weight = 1);
