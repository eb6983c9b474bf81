namespace Flatfile.Agent;

/// <summary>Binds an <see cref="IEventHandler"/> to a topic glob. May stand several times.</summary>
/// <remarks>
/// <c>:</c> separates segments, <c>*</c> is any run inside one segment, <c>**</c> any number of whole segments.
/// <c>space:*</c> therefore does not match <c>space:file:uploaded</c>; <c>space:**</c> does.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = true)]
public sealed class OnAttribute(string topic) : Attribute
{
    /// <summary>The topic glob.</summary>
    public string Topic { get; } = topic;

    /// <summary>A filter in its JSON form, such as <c>{"sheetSlug":["a","b"]}</c>; null matches every event of the topic.</summary>
    public string? Filter { get; init; }
}
