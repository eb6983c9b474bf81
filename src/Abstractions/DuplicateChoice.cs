namespace Flatfile.Agent;

/// <summary>Chooses which row of a group of duplicates stays. A plugin contributes one by deriving; the job's option <c>keep</c> names it.</summary>
public abstract class DuplicateChoice
{
    /// <summary>What the option <c>keep</c> says; not <c>first</c>, <c>last</c> or <c>merge</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The row that stays. Asked again after a crash with the rows that are left, so it must choose the same one among fewer.</summary>
    /// <param name="rows">Two or more, at most 1,000, in the order of the sheet.</param>
    public abstract FlatfileRecord Choose(IReadOnlyList<FlatfileRecord> rows);
}
