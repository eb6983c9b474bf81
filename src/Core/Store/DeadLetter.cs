namespace Flatfile.Agent.Core.Store;

/// <summary>An event or job given up, with everything needed to understand and repeat it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="EventId">The event; null when it could not be read.</param>
/// <param name="Topic">The event's topic; null when it could not be read.</param>
/// <param name="HandlerId">The handler that gave up; null when no handler saw it.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Stack">The exception as text, if there was one.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Body">The event as received.</param>
/// <param name="At">When it was given up.</param>
public sealed record DeadLetter(
    long Id, string? EventId, string? Topic, string? HandlerId, string Reason, string? Stack, int Attempts, ReadOnlyMemory<byte> Body, DateTimeOffset At);
