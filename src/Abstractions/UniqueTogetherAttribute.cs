namespace Flatfile.Agent;

/// <summary>No two rows may have the same values in all of these fields. Flatfile itself watches over it, in the whole sheet.</summary>
/// <param name="properties">Two or more properties, by <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class UniqueTogetherAttribute(params string[] properties) : Attribute
{
    /// <summary>The properties.</summary>
    public IReadOnlyList<string> Properties { get; } = properties;

    /// <summary>What a person reads on each of the rows; Flatfile's own words when absent.</summary>
    public string? Message { get; init; }
}
