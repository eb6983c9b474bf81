namespace Flatfile.Agent.Core.Startup;

/// <summary>Resolves a name from the configuration.</summary>
internal static class NamedChoice
{
    /// <summary>The one with the name.</summary>
    /// <exception cref="AgentStartException">None or several have it.</exception>
    public static T Of<T>(IEnumerable<T> known, Func<T, string> nameOf, string wanted, string kind, string setting)
    {
        var all = known.ToList();
        var found = all.Where(k => string.Equals(nameOf(k), wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new AgentStartException([Unknown(all.Select(nameOf), wanted, kind, setting)]),
            _ => throw new AgentStartException([$"{found.Count} {kind}s are named '{wanted}'. Register each {kind} once."]),
        };
    }

    private static string Unknown(IEnumerable<string> names, string wanted, string kind, string setting)
    {
        var known = string.Join(", ", names.Order(StringComparer.Ordinal));
        return known.Length == 0
            ? $"No {kind} named '{wanted}': none is registered. Add one to the services, such as AddQuartzEngine() for the engine, and name it in {setting}."
            : $"No {kind} named '{wanted}'. Known: {known}. Set {setting}.";
    }
}
