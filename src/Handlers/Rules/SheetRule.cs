namespace Flatfile.Agent.Handlers.Rules;

/// <summary>Something that must hold for every row of a sheet.</summary>
internal abstract class SheetRule
{
    /// <summary>Writes a message on each row for which it does not hold.</summary>
    public abstract Task CheckAsync(IReadOnlyList<FlatfileRecord> records, CancellationToken cancellationToken);
}
