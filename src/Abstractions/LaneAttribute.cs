namespace Flatfile.Agent;

/// <summary>Says which events a handler must see one after the other, in the order they came. Without it: those of a space.</summary>
/// <remarks>
/// Handlers in the lane of the space take their turns in the order of the catalogue. A handler with a lane of its own is ordered against its
/// own events of that lane only: it neither waits for the other handlers nor makes them wait. For a job handler the order holds for its runs.
/// The setting <c>Agent:Handlers:&lt;id&gt;:Lane</c> wins.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public sealed class LaneAttribute(string key) : Attribute
{
    /// <summary>One of <see cref="LaneKey"/>, or a path into the event such as <c>payload.customerId</c>.</summary>
    public string Key { get; } = key;
}
