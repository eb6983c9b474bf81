using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Flatfile.Agent.Generators;

/// <summary>An attribute of the contract with its arguments.</summary>
internal sealed class AttributeReader(AttributeData attribute)
{
    /// <summary>Those of one name, such as <c>FieldAttribute</c>.</summary>
    public static IEnumerable<AttributeReader> All(ISymbol symbol, string name) =>
        symbol.GetAttributes().Where(a => a.AttributeClass?.Name == name && a.AttributeClass.ContainingNamespace.ToDisplayString() == "Flatfile.Agent").Select(a => new AttributeReader(a));

    public static AttributeReader? First(ISymbol symbol, string name) => All(symbol, name).FirstOrDefault();

    public Location? Location => attribute.ApplicationSyntaxReference is { } place ? Microsoft.CodeAnalysis.Location.Create(place.SyntaxTree, place.Span) : null;

    /// <summary>A constructor's argument.</summary>
    public object? Argument(int at) => at < attribute.ConstructorArguments.Length && attribute.ConstructorArguments[at].Kind != TypedConstantKind.Array ? attribute.ConstructorArguments[at].Value : null;

    public string? Text(string name) => Named(name) is { Kind: not TypedConstantKind.Array } value ? value.Value as string : null;

    public bool Flag(string name) => Named(name) is { Kind: not TypedConstantKind.Array, Value: true };

    public int? Number(string name) => Named(name) is { Kind: TypedConstantKind.Enum } value ? value.Value as int? : null;

    public IReadOnlyList<string> Texts(string name) => Texts(Named(name));

    public IReadOnlyList<string> ArgumentTexts(int at) => at < attribute.ConstructorArguments.Length ? Texts(attribute.ConstructorArguments[at]) : [];

    private static IReadOnlyList<string> Texts(TypedConstant? value) =>
        value is { Kind: TypedConstantKind.Array, IsNull: false } list ? [.. list.Values.Select(v => v.Value as string ?? "")] : [];

    private TypedConstant? Named(string name)
    {
        foreach (var pair in attribute.NamedArguments)
        {
            if (pair.Key == name)
            {
                return pair.Value;
            }
        }

        return null;
    }
}
