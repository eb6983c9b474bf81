namespace Flatfile.Agent.Handlers.Rules;

/// <summary>The rules of a sheet as hooks around those of plugins. Nested privately, so that the host does not take them for hooks a plugin contributes.</summary>
internal static class RuleHooks
{
    /// <summary>Default values, before the hooks of plugins: they see the cells filled.</summary>
    public static RecordHook Defaults(RuleSet rules, string slug) => new DefaultHook(rules, slug);

    /// <summary>The checks, behind the hooks of plugins: they see what those made of the rows.</summary>
    public static RecordHook Checks(RuleSet rules, string slug) => new RuleHook(rules, slug);

    private sealed class DefaultHook(RuleSet rules, string slug) : RecordHook
    {
        public override string SheetSlug => slug;

        public override Task RunAsync(IReadOnlyList<FlatfileRecord> records, EventContext context, CancellationToken cancellationToken)
        {
            rules.Fill(records);
            return Task.CompletedTask;
        }
    }

    private sealed class RuleHook(RuleSet rules, string slug) : RecordHook
    {
        public override string SheetSlug => slug;

        public override Task RunAsync(IReadOnlyList<FlatfileRecord> records, EventContext context, CancellationToken cancellationToken)
        {
            rules.RequireReadable();
            return rules.CheckAsync(records, cancellationToken);
        }
    }
}
