using System.Text.Json;

namespace Flatfile.Agent;

/// <summary>The part of a split job a run works on.</summary>
/// <param name="Number">0 for the first part.</param>
/// <param name="Data">The object its <see cref="JobPartPlan"/> gave it.</param>
/// <param name="ParentId">The job that was split, <c>us_jb_…</c>.</param>
public sealed record JobPart(int Number, JsonElement Data, string ParentId);
