using Flatfile.Agent.Core.Jobs;

namespace Flatfile.Agent.Jobs.Hangfire;

/// <summary>The queues of Hangfire. A worker takes from them in the order of the alphabet.</summary>
internal static class TicketQueues
{
    /// <summary>Tickets of which a run was begun before.</summary>
    public const string Begun = "begun";

    /// <summary>All others, and recurring work.</summary>
    public const string Fresh = "fresh";

    public static readonly string[] All = [Begun, Fresh];

    public static string Of(TicketPriority priority) => priority == TicketPriority.Begun ? Begun : Fresh;
}
