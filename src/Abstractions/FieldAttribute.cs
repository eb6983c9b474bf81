namespace Flatfile.Agent;

/// <summary>What a property alone does not say about its field. Optional: without it the key is the property's name in camel case.</summary>
/// <param name="key">The field's key; null for the property's name in camel case.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FieldAttribute(string? key = null) : Attribute
{
    /// <summary>The field's key.</summary>
    public string? Key { get; } = key;

    /// <summary>What people read; the property's name in words when absent.</summary>
    public string? Label { get; init; }

    /// <summary>A sentence about its values.</summary>
    public string? Description { get; init; }

    /// <summary>True when an empty cell is an error. A property with the modifier <c>required</c> is required anyway.</summary>
    public bool Required { get; init; }

    /// <summary>True when no two rows may have the same value.</summary>
    public bool Unique { get; init; }

    /// <summary>True when only hooks write it.</summary>
    public bool Computed { get; init; }

    /// <summary>True when people may not change it.</summary>
    public bool Readonly { get; init; }

    /// <summary>Other names a column of a file may have: the mapping takes them as this field.</summary>
    public string[]? AlternativeNames { get; init; }

    /// <summary>What stands in an empty cell, in the form a file would have it; the cell then says that it was filled.</summary>
    public string? Default { get; init; }
}
