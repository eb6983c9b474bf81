namespace Flatfile.Agent.Handlers.Validation;

/// <summary>Says of a text whether it is a value of one kind. Safe for use by several threads.</summary>
public abstract class ValueCheck
{
    /// <summary>As settings and blueprints name it, such as <c>iban</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Checks one value.</summary>
    /// <param name="value">Not empty; a blank cell is the business of the constraint <c>required</c>.</param>
    public abstract CheckResult Check(string value);

    private protected static CheckResult Right(string value, string normalised) => value == normalised ? CheckResult.Right : new CheckResult(null, normalised);
}
