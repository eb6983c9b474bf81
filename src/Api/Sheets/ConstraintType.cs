namespace Flatfile.Api;

/// <summary>The types of a constraint. Text on the wire, so that values this library does not know survive.</summary>
public static class ConstraintType
{
    public const string Required = "required";

    public const string Unique = "unique";

    public const string Computed = "computed";

    public const string External = "external";

    public const string Stored = "stored";
}
