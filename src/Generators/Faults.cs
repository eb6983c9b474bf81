using Microsoft.CodeAnalysis;

namespace Flatfile.Agent.Generators;

/// <summary>What can be wrong with a class that shall be a sheet; told by the compiler at the place of the fault.</summary>
internal static class Faults
{
    public static readonly DiagnosticDescriptor NotPartial = Error(
        "FFS001", "'{0}' cannot be a sheet: it must be a partial class at the top of a namespace, without type parameters. Write 'partial class'.");

    public static readonly DiagnosticDescriptor UnknownType = Error(
        "FFS002", "'{0}' cannot be a field: its type is {1}. Known: string, whole and decimal numbers, bool, DateOnly, enums, and lists of strings. Mark it with [NotAField] to leave it out.");

    public static readonly DiagnosticDescriptor NoSetter = Error(
        "FFS003", "'{0}' cannot be a field: its setter is private, so that no row can be read into it. Make it public, or mark it with [NotAField].");

    public static readonly DiagnosticDescriptor DoubleKey = Error("FFS004", "The key '{0}' belongs to two fields. Give one of them another by [Field(\"key\")].");

    public static readonly DiagnosticDescriptor WrongReference = Error(
        "FFS005", "'{0}' refers to {1}, which is no property of a class with [Sheet]. Write [Reference(typeof(Sheet), nameof(Sheet.Property))].");

    public static readonly DiagnosticDescriptor UnknownProperty = Error("FFS006", "There is no field '{0}' in {1}. Name properties by nameof.");

    public static readonly DiagnosticDescriptor WrongPlace = Error("FFS007", "{0} on '{1}' has no meaning: it belongs on a string or a list of strings.");

    public static readonly DiagnosticDescriptor DoubleOption = Error("FFS008", "'{0}' has the option '{1}' twice.");

    private static DiagnosticDescriptor Error(string id, string text) => new(id, "A class that shall be a sheet", text, "Flatfile.Sheets", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
