namespace Flatfile.Agent.Jobs.Hangfire;

/// <summary>Where Hangfire keeps what it knows, section <c>Agent:Hangfire</c>.</summary>
public sealed class HangfireOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Agent:Hangfire";

    /// <summary><c>Host=...;Database=...;Username=...;Password=...</c>. Empty: that of <c>Agent:Store</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The schema that holds Hangfire's tables; made when it is missing. Empty: that of <c>Agent:Store</c> with <c>_hangfire</c> behind it.</summary>
    public string Schema { get; set; } = string.Empty;
}
