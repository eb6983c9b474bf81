using Flatfile.Agent.Handlers.Typing;

namespace Flatfile.Agent.Handlers.Validation;

/// <summary>A number that can be read in one way only.</summary>
public sealed class NumberCheck : ValueCheck
{
    private static readonly NumberReading Point = new('.');
    private static readonly NumberReading Comma = new(',');

    /// <inheritdoc />
    public override string Name => "number";

    /// <inheritdoc />
    public override CheckResult Check(string value) => (Point.Read(value), Comma.Read(value)) switch
    {
        (null, null) => new CheckResult($"'{value}' is no number. Write one such as 1234.5."),
        ({ } point, null) => Right(value, point),
        (null, { } comma) => Right(value, comma),
        var (point, comma) when point == comma => Right(value, point!),
        var (point, comma) => new CheckResult($"'{value}' can be {point} or {comma}. Write the one that is meant."),
    };
}
