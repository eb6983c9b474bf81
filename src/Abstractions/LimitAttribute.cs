namespace Flatfile.Agent;

/// <summary>Limits how often a handler runs at once: in this process altogether, or for each key. May stand several times.</summary>
/// <remarks>
/// What waits keeps its turn and holds no other place meanwhile. The settings <c>Agent:Handlers:&lt;id&gt;:Limit</c> and
/// <c>Agent:Handlers:&lt;id&gt;:LimitPer:&lt;key&gt;</c> win.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = true)]
public sealed class LimitAttribute(int atOnce) : Attribute
{
    /// <summary>1 or more.</summary>
    public int AtOnce { get; } = atOnce;

    /// <summary>One of <see cref="LaneKey"/>, or a path into the event such as <c>payload.customerId</c>; null for the handler altogether.</summary>
    public string? Per { get; init; }
}
