namespace Flatfile.Agent;

/// <summary>
/// Makes a sheet of a partial class: its public properties with a setter are the fields. The generator beside the contract writes the class's
/// <c>Sheet</c> (its configuration), its <c>Keys</c> (the fields' keys as constants) and <see cref="ISheetRecord{TSelf}"/> for <see cref="RecordHook{T}"/>.
/// </summary>
/// <remarks>
/// Fields take their type from the property: text, numbers, <see cref="bool"/>, <see cref="DateOnly"/>, an <c>enum</c> (its members are the
/// options), <see cref="IReadOnlyList{T}"/> of texts. A property with the modifier <c>required</c> is a required field.
/// </remarks>
/// <param name="slug">The sheet's slug, unique in its workbook.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SheetAttribute(string slug) : Attribute
{
    /// <summary>The sheet's slug.</summary>
    public string Slug { get; } = slug;

    /// <summary>What people read; the class's name in words when absent.</summary>
    public string? Name { get; init; }

    /// <summary>A sentence or two about its rows.</summary>
    public string? Description { get; init; }

    /// <summary>True when people may not change it.</summary>
    public bool Readonly { get; init; }

    /// <summary>True to take in columns that no field stands for.</summary>
    public bool AllowAdditionalFields { get; init; }
}
