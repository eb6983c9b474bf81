namespace Flatfile.Agent.Host.Recurring;

/// <summary>Which work is meant.</summary>
internal sealed record RecurringOrder
{
    /// <summary>Its id.</summary>
    public string? Id { get; init; }

    /// <summary>For a run: what the work is to know.</summary>
    public Dictionary<string, string>? Arguments { get; init; }
}
