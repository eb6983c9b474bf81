namespace Flatfile.Agent.Core.Startup;

/// <summary>A driver or engine of ours that this build was made without. Registered so that whoever chooses it is told how to get it.</summary>
/// <param name="Kind"><c>driver</c> or <c>engine</c>.</param>
/// <param name="Name">What the configuration would name.</param>
/// <param name="HowToGet">Why it is not there and what to do, in sentences.</param>
public sealed record AbsentAdapter(string Kind, string Name, string HowToGet)
{
    /// <summary>The kind of event drivers.</summary>
    public const string Driver = "driver";

    /// <summary>The kind of job engines.</summary>
    public const string Engine = "engine";
}
