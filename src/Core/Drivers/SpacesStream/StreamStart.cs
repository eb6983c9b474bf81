namespace Flatfile.Agent.Core.Drivers.SpacesStream;

/// <summary>Where an agent begins that has never followed the stream.</summary>
public enum StreamStart
{
    /// <summary>With the oldest event the server still has: what happened before the agent came is handled too.</summary>
    Beginning,

    /// <summary>With what comes from now on.</summary>
    Now,
}
