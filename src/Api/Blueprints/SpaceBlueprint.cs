namespace Flatfile.Api;

/// <summary>What a space should hold. A plugin contributes one by deriving; <c>space:configure</c> applies those that fit.</summary>
/// <remarks>Applying is idempotent: what is there and equal is left alone, what differs is updated, nothing is deleted.</remarks>
public abstract class SpaceBlueprint
{
    /// <summary>Shown in progress and logs.</summary>
    public abstract string Name { get; }

    /// <summary>The workbooks, matched by name. The first one of the first blueprint becomes primary where the space has none.</summary>
    public abstract IReadOnlyList<WorkbookConfig> Workbooks { get; }

    /// <summary>The documents, matched by title.</summary>
    public virtual IReadOnlyList<DocumentConfig> Documents => [];

    /// <summary>Whether this blueprint is for the space; for instance by its namespace or metadata.</summary>
    public virtual bool AppliesTo(Space space) => true;
}
