namespace Flatfile.Agent;

/// <summary>The field names a row of another sheet of the workbook: of a text property, one row; of a list of texts, several.</summary>
/// <param name="sheet">The class of the other sheet, with <see cref="SheetAttribute"/>.</param>
/// <param name="property">The property looked up there, by <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReferenceAttribute(Type sheet, string property) : Attribute
{
    /// <summary>The class of the other sheet.</summary>
    public Type Sheet { get; } = sheet;

    /// <summary>The property looked up there.</summary>
    public string Property { get; } = property;
}
