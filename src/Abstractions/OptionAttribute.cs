namespace Flatfile.Agent;

/// <summary>One option of an enum field: on a text property, once for each option; or on a member of an <c>enum</c>, whose name it replaces.</summary>
/// <param name="value">What stands in the cell.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = true)]
public sealed class OptionAttribute(string value) : Attribute
{
    /// <summary>What stands in the cell.</summary>
    public string Value { get; } = value;

    /// <summary>What people read; the value when absent.</summary>
    public string? Label { get; init; }

    /// <summary>Other words a file may have for it.</summary>
    public string[]? AlternativeNames { get; init; }
}
