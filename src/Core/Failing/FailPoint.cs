using System.Diagnostics;

namespace Flatfile.Agent.Core.Failing;

/// <summary>
/// Lets the process die at a named place, as a loss of power would, to prove that nothing is lost or doubled by it. Off unless the variable
/// <c>FLATFILE_AGENT_FAILPOINTS</c> is set when the process starts.
/// </summary>
internal static class FailPoint
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "FLATFILE_AGENT_FAILPOINTS";

    private static readonly FailPlan Plan = FailPlan.Read(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The process is at this place.</summary>
    public static void Hit(string place)
    {
        if (Plan.IsDue(place))
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();

            // The order to die is on its way; nothing more may happen here.
            using var never = new ManualResetEventSlim();
            never.Wait();
        }
    }
}
