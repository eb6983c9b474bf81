namespace Flatfile.Agent.Jobs.Quartz;

/// <summary>Where Quartz keeps its times, section <c>Agent:Quartz</c>.</summary>
public sealed class QuartzOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Agent:Quartz";

    /// <summary>
    /// <c>Sqlite</c>: a file of this agent alone. <c>PostgreSql</c>: a schema that all agents share, who then run each other's tickets.
    /// Empty: as <c>Agent:Store:Kind</c>.
    /// </summary>
    public string Kind { get; set; } = string.Empty;

    /// <summary>For PostgreSql: <c>Host=...;Database=...;Username=...;Password=...</c>. Empty: that of <c>Agent:Store</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>For PostgreSql: the schema that holds Quartz's tables; made when it is missing. Empty: that of <c>Agent:Store</c> with <c>_quartz</c> behind it.</summary>
    public string Schema { get; set; } = string.Empty;
}
