namespace Flatfile.Api;

/// <summary>A description of data cannot become sheets. All that is wrong is told at once, each with its place.</summary>
public sealed class BlueprintException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>One sentence each.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
