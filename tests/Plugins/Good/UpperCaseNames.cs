using Flatfile.Agent;

namespace Good;

/// <summary>A record hook.</summary>
public sealed class UpperCaseNames : RecordHook
{
    public override string SheetSlug => "contacts";

    public override Task RunAsync(IReadOnlyList<FlatfileRecord> records, EventContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}
