namespace Flatfile.Api;

/// <summary>The types of a field. Text on the wire, so that values this library does not know survive.</summary>
public static class PropertyType
{
    public const string String = "string";

    public const string Number = "number";

    public const string Boolean = "boolean";

    public const string Date = "date";

    public const string Enum = "enum";

    public const string EnumList = "enum-list";

    public const string Reference = "reference";

    public const string ReferenceList = "reference-list";

    public const string StringList = "string-list";
}
