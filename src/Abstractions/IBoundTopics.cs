namespace Flatfile.Agent;

/// <summary>What the handlers in force are bound to, for drivers that can leave the rest at the bus.</summary>
public interface IBoundTopics
{
    /// <summary>The plain topics of all bindings; null when a binding is a glob, so that any topic may be wanted.</summary>
    IReadOnlyCollection<string>? Topics { get; }
}
