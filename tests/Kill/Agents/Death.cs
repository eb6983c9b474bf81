namespace Kill.Agents;

/// <summary>A life ended.</summary>
/// <param name="Incarnation">Which.</param>
/// <param name="At">When, in the ticks of the calls.</param>
internal readonly record struct Death(string Incarnation, long At);
