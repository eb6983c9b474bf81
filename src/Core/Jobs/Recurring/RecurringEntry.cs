namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>One piece of recurring work, as a second clock needs to know it.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="Cron">When, five fields or six with seconds.</param>
/// <param name="TimeZone">The zone the expression is meant in.</param>
/// <param name="Paused">True while no slot of it is run.</param>
public sealed record RecurringEntry(string Id, string Cron, string TimeZone, bool Paused);
