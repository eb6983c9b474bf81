namespace History.Tests.Oracle;

/// <summary>One call of a handler at the oracle.</summary>
/// <param name="Order">Its place among all calls.</param>
/// <param name="At">When it came.</param>
/// <param name="Event">The event's id.</param>
/// <param name="Handler">The handler's id.</param>
/// <param name="Incarnation">Which life of which agent the handler ran in, or beside.</param>
internal sealed record EffectCall(long Order, DateTimeOffset At, string Event, string Handler, string Incarnation);
