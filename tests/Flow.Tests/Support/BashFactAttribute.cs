namespace Flow.Tests.Support;

/// <summary>A test of the script <c>./agent</c>; on Windows <c>agent.ps1</c> stands in its place.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BashFactAttribute : FactAttribute
{
    public BashFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "There is no bash here: the script ./agent was not run.";
        }
    }
}
