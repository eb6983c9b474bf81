namespace Standards.Tests.Floors;

/// <summary>Who may refer to whom. A project that is not named here has no floor yet, and that is a fault too.</summary>
internal static class FloorPlan
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        // Ground.
        ["Abstractions"] = [],
        ["Api"] = [],
        ["Sqlite"] = [],
        ["Generators"] = [],
        // First floor.
        ["Core"] = ["Abstractions", "Api", "Sqlite"],
        ["Drivers.RabbitMq"] = ["Abstractions"],
        ["Drivers.AzureServiceBus"] = ["Abstractions"],
        ["Handlers"] = ["Abstractions", "Api"],
        ["Spaces"] = ["Api", "Sqlite"],
        // Second floor.
        ["Jobs.Quartz"] = ["Core", "Abstractions", "Api", "Sqlite"],
        ["Jobs.Hangfire"] = ["Core", "Abstractions", "Api", "Sqlite"],
        ["Store.PostgreSql"] = ["Core", "Abstractions", "Api", "Sqlite"],
        // Roof.
        ["AgentHost"] =
        [
            "Abstractions", "Api", "Sqlite", "Core", "Drivers.RabbitMq", "Drivers.AzureServiceBus", "Handlers", "Spaces", "Jobs.Hangfire", "Jobs.Quartz",
            "Store.PostgreSql",
        ],
    };

    /// <summary>One sentence per reference that goes where it may not.</summary>
    public static IEnumerable<string> Violations(IEnumerable<Project> projects) =>
        from project in projects
        from sentence in Violations(project)
        select sentence;

    private static IEnumerable<string> Violations(Project project)
    {
        string[]? allowed = project.Folder.StartsWith("plugins/", StringComparison.Ordinal)
            ? ["Abstractions", "Api"]
            : Allowed.GetValueOrDefault(project.Name);
        if (allowed is null)
        {
            return [$"{project.Name} stands on no floor: give it one in FloorPlan."];
        }

        return project.RefersTo.Except(allowed).Select(wrong =>
            $"{project.Name} refers to {wrong}; it may refer to {(allowed.Length == 0 ? "none of ours" : string.Join(", ", allowed))}.");
    }
}
