namespace Flatfile.Spaces.Records.Ffql;

/// <summary>A cell compared with a value; without a field, any cell of the row.</summary>
internal sealed record FfqlComparison(FfqlToken? Field, FfqlOperator Operator, string Value, int Position) : FfqlNode;
