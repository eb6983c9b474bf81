namespace Flatfile.Agent.Handlers.Egress;

/// <summary>How far a way through a sheet has come.</summary>
/// <param name="Rows">Rows handled.</param>
/// <param name="LastIds">The last of them, some in case that one is deleted; empty at the start.</param>
internal sealed record PagePlace(long Rows, IReadOnlyList<string> LastIds)
{
    public static PagePlace Start { get; } = new(0, []);

    /// <summary>The same for the page that begins here, whenever it is handled.</summary>
    public string Key => LastIds.Count == 0 ? "start" : LastIds[^1];
}
