namespace Flatfile.Agent;

/// <summary>What events have in common whose order matters, or whose number at once is limited.</summary>
/// <remarks>
/// Any text of the event can be a key too: a path such as <c>payload.customerId</c> or <c>context.documentId</c>. An event that has no such
/// text counts as one of its space.
/// </remarks>
public static class LaneKey
{
    /// <summary>The space, else the environment: the order Flatfile's own events have. The default.</summary>
    public const string Space = "space";

    /// <summary>The workbook.</summary>
    public const string Workbook = "workbook";

    /// <summary>The sheet.</summary>
    public const string Sheet = "sheet";

    /// <summary>The file.</summary>
    public const string File = "file";

    /// <summary>Nothing: each event by itself, in no order.</summary>
    public const string None = "none";
}
