using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Flatfile.Agent.Generators;

/// <summary>One property of a class that is a sheet.</summary>
internal sealed class SheetField(IPropertySymbol property, FieldKind kind, ITypeSymbol type, string key, AttributeReader? settings)
{
    public IPropertySymbol Property { get; } = property;

    public string Name => Property.Name;

    public FieldKind Kind { get; } = kind;

    /// <summary>The property's type, without the question mark of a value.</summary>
    public ITypeSymbol Type { get; } = type;

    public string Key { get; } = key;

    public AttributeReader? Settings { get; } = settings;

    /// <summary>Whether the property can be null.</summary>
    public bool IsNullable => Property.Type.IsReferenceType
        ? Property.NullableAnnotation == NullableAnnotation.Annotated
        : Property.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    public bool IsRequired => Property.IsRequired || Settings?.Flag("Required") == true;

    public List<FieldOption> Options { get; } = [];

    /// <summary>Slug and key of the field looked up, when it is a reference.</summary>
    public (string Sheet, string Key)? Reference { get; set; }

    /// <summary>The field's type on the wire.</summary>
    public string WireType => (Kind, Options.Count > 0, Reference is not null) switch
    {
        (FieldKind.Texts, _, true) => "reference-list",
        (FieldKind.Texts, true, _) => "enum-list",
        (FieldKind.Texts, _, _) => "string-list",
        (_, _, true) => "reference",
        (_, true, _) => "enum",
        (FieldKind.Number, _, _) => "number",
        (FieldKind.Truth, _, _) => "boolean",
        (FieldKind.Date, _, _) => "date",
        _ => "string",
    };
}
