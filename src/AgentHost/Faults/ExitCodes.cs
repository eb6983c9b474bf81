using Flatfile.Agent.Core.Startup;

namespace Flatfile.Agent.Host.Faults;

/// <summary>What the process answers.</summary>
internal static class ExitCodes
{
    /// <summary>Everything was done; an import accounts for every row.</summary>
    public const int Done = 0;

    /// <summary>Something was done and part of it failed: refused rows, failed jobs, a fault of ours.</summary>
    public const int Failed = 1;

    /// <summary>Nothing was done: the command, the configuration or the place it runs in must change first.</summary>
    public const int Usage = 2;

    /// <summary>The agent went down in order and asks to be started anew: too many handlers in it could not be ended.</summary>
    public const int Restart = AgentExit.RestartCode;
}
