namespace Flatfile.Api;

/// <summary>What is calculated of a column.</summary>
public static class CalculationType
{
    public const string CountEmpty = "COUNT_EMPTY";

    public const string CountNonEmpty = "COUNT_NON_EMPTY";

    public const string PercentEmpty = "PERCENT_EMPTY";

    public const string PercentNonEmpty = "PERCENT_NON_EMPTY";

    public const string CountChanged = "COUNT_CHANGED";

    public const string PercentChanged = "PERCENT_CHANGED";

    public const string Sum = "SUM";

    public const string Average = "AVERAGE";

    public const string Min = "MIN";

    public const string Max = "MAX";
}
