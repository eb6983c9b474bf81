namespace Flow.Tests.Support;

/// <summary>A test that needs Node: skipped with a sentence where it is missing, failed there when REQUIRE_ALL is set.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (NodeProgram.Missing is { } sentence && Environment.GetEnvironmentVariable("REQUIRE_ALL") is null)
        {
            Skip = sentence;
        }
    }
}
