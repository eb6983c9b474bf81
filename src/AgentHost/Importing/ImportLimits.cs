namespace Flatfile.Agent.Host.Importing;

/// <summary>How patient an import is.</summary>
internal static class ImportLimits
{
    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromMilliseconds(150);

    /// <summary>A job nobody makes or takes.</summary>
    public static readonly TimeSpan Taken = TimeSpan.FromSeconds(60);

    /// <summary>A job that runs without a sign of life. Longer than it takes to find the work of a dead process again.</summary>
    public static readonly TimeSpan Running = TimeSpan.FromMinutes(10);

    /// <summary>Checks that do not finish.</summary>
    public static readonly TimeSpan Checks = TimeSpan.FromSeconds(60);
}
