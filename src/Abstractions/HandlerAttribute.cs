namespace Flatfile.Agent;

/// <summary>Names a handler. Without it the id is plugin name, a slash, and the full type name.</summary>
/// <remarks>The id is what the inbox remembers: renaming it makes old events new for this handler.</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HandlerAttribute(string id) : Attribute
{
    /// <summary>Unique among all handlers of the host.</summary>
    public string Id { get; } = id;
}
