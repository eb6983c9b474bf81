using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flatfile.Agent.Generators;

/// <summary>A class that shall be a sheet, as its attributes and properties say it, and what is wrong with it.</summary>
internal sealed class SheetModel
{
    private readonly List<Diagnostic> _faults = [];

    private SheetModel(INamedTypeSymbol type) => Type = type;

    public INamedTypeSymbol Type { get; }

    public AttributeReader Settings => AttributeReader.First(Type, "SheetAttribute")!;

    public string Slug => Settings.Argument(0) as string ?? "";

    public List<SheetField> Fields { get; } = [];

    public IReadOnlyList<Diagnostic> Faults => _faults;

    public static SheetModel Of(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var model = new SheetModel(type);
        if (type.ContainingType is not null || type.IsGenericType || !type.DeclaringSyntaxReferences.Any(r => IsPartial(r.GetSyntax(cancellationToken))))
        {
            model.Fault(Generators.Faults.NotPartial, type.Locations[0], type.Name);
            return model;
        }

        foreach (var property in PropertiesOf(type))
        {
            cancellationToken.ThrowIfCancellationRequested();
            model.Add(property);
        }

        model.CheckNames();
        return model;
    }

    /// <summary>The key of a property: what <c>[Field]</c> says, else its name in camel case.</summary>
    public static string KeyOf(IPropertySymbol property) =>
        AttributeReader.First(property, "FieldAttribute")?.Argument(0) as string is { Length: > 0 } key ? key : Words.Key(property.Name);

    /// <summary>The field of a property named in an attribute; null, with a fault, when there is none.</summary>
    public SheetField? Find(string name) => Fields.Find(f => f.Name == name);

    private static bool IsPartial(SyntaxNode node) =>
        node is TypeDeclarationSyntax type && type.Modifiers.Any(m => m.ValueText == "partial");

    private static IEnumerable<IPropertySymbol> PropertiesOf(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IPropertySymbol>().Where(p =>
            p.DeclaredAccessibility == Accessibility.Public && p.SetMethod is not null && !p.IsStatic && !p.IsIndexer && !p.IsImplicitlyDeclared
            && AttributeReader.First(p, "NotAFieldAttribute") is null);

    private void Add(IPropertySymbol property)
    {
        var type = property.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : property.Type;
        if (KindOf(type) is not { } kind)
        {
            Fault(Generators.Faults.UnknownType, property.Locations[0], property.Name, property.Type.ToDisplayString());
            return;
        }

        if (property.SetMethod!.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal))
        {
            Fault(Generators.Faults.NoSetter, property.Locations[0], property.Name);
            return;
        }

        var field = new SheetField(property, kind, type, KeyOf(property), AttributeReader.First(property, "FieldAttribute"));
        if (Fields.Any(f => f.Key == field.Key))
        {
            Fault(Generators.Faults.DoubleKey, property.Locations[0], field.Key);
            return;
        }

        AddOptions(field);
        AddReference(field);
        Fields.Add(field);
    }

    private static FieldKind? KindOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => FieldKind.Text,
        SpecialType.System_Boolean => FieldKind.Truth,
        SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64
            or SpecialType.System_Decimal or SpecialType.System_Double or SpecialType.System_Single => FieldKind.Number,
        _ when type.TypeKind == TypeKind.Enum => FieldKind.Enum,
        _ => type.ToDisplayString(NullableFlowState.None) switch
        {
            "System.DateOnly" => FieldKind.Date,
            "System.Collections.Generic.IReadOnlyList<string>" => FieldKind.Texts,
            _ => null,
        },
    };

    private void AddOptions(SheetField field)
    {
        var owners = field.Kind == FieldKind.Enum
            ? field.Type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue).Select(member => (Symbol: (ISymbol)member, Member: (string?)member.Name))
            : AttributeReader.All(field.Property, "OptionAttribute").Any() ? [((ISymbol)field.Property, null)] : [];
        foreach (var (symbol, member) in owners)
        {
            var written = AttributeReader.All(symbol, "OptionAttribute").ToList();
            if (member is not null && written.Count == 0)
            {
                field.Options.Add(new FieldOption(member, Words.Label(member), [], member));
            }

            foreach (var option in written)
            {
                var value = option.Argument(0) as string ?? "";
                field.Options.Add(new FieldOption(value, option.Text("Label") ?? (member is null ? value : Words.Label(member)), option.Texts("AlternativeNames"), member));
            }
        }

        if (field.Kind is not (FieldKind.Enum or FieldKind.Text or FieldKind.Texts) && AttributeReader.First(field.Property, "OptionAttribute") is { } misplaced)
        {
            Fault(Generators.Faults.WrongPlace, misplaced.Location, "[Option]", field.Name);
        }

        if (field.Options.GroupBy(o => o.Value).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            Fault(Generators.Faults.DoubleOption, field.Property.Locations[0], field.Name, twice.Key);
        }
    }

    private void AddReference(SheetField field)
    {
        if (AttributeReader.First(field.Property, "ReferenceAttribute") is not { } reference)
        {
            return;
        }

        if (field.Kind is not (FieldKind.Text or FieldKind.Texts))
        {
            Fault(Generators.Faults.WrongPlace, reference.Location, "[Reference]", field.Name);
            return;
        }

        var (other, name) = (reference.Argument(0) as INamedTypeSymbol, reference.Argument(1) as string);
        var target = other is null ? null : PropertiesOf(other).FirstOrDefault(p => p.Name == name);
        if (other is not null && target is not null && AttributeReader.First(other, "SheetAttribute")?.Argument(0) is string slug)
        {
            field.Reference = (slug, KeyOf(target));
        }
        else
        {
            Fault(Generators.Faults.WrongReference, reference.Location, field.Name, $"{other?.Name}.{name}");
        }
    }

    /// <summary>Every property that an attribute of the class names must be a field.</summary>
    private void CheckNames()
    {
        var named = AttributeReader.All(Type, "UniqueTogetherAttribute").SelectMany(a => a.ArgumentTexts(0).Select(name => (Name: name, a.Location)))
            .Concat(AttributeReader.All(Type, "RuleAttribute").SelectMany(a => a.Texts("Fields").Select(name => (Name: name, a.Location))));
        foreach (var (name, location) in named)
        {
            if (Find(name) is null)
            {
                Fault(Generators.Faults.UnknownProperty, location, name, Type.Name);
            }
        }
    }

    private void Fault(DiagnosticDescriptor fault, Location? location, params object?[] parts) => _faults.Add(Diagnostic.Create(fault, location, parts));
}
