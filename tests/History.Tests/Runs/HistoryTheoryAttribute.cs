namespace History.Tests.Runs;

/// <summary>The same for a test with cases.</summary>
public sealed class HistoryTheoryAttribute : TheoryAttribute
{
    public HistoryTheoryAttribute() => Skip = Surroundings.Missing;
}
