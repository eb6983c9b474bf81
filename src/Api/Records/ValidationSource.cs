namespace Flatfile.Api;

/// <summary>Who wrote a message. Text on the wire, so that values this library does not know survive.</summary>
public static class ValidationSource
{
    public const string RequiredConstraint = "required-constraint";

    public const string UniqueConstraint = "unique-constraint";

    public const string CustomLogic = "custom-logic";

    public const string Unlinked = "unlinked";

    public const string InvalidOption = "invalid-option";

    public const string InvalidValue = "invalid-value";

    public const string IsArtifact = "is-artifact";
}
