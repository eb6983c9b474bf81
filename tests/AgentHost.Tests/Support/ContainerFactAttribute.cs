using System.Diagnostics;
using Contracts.Support;

namespace AgentHost.Tests.Support;

/// <summary>A test that makes namespaces of its own: skipped with a sentence where that is not allowed, failed where all must run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContainerFactAttribute : FactAttribute
{
    public ContainerFactAttribute() => Skip = Requirement.SkipReason(
        MayUnshare() ? null : "This machine does not allow 'unshare --mount --pid' (Linux, as root): the container's steps were not proven.");

    private static bool MayUnshare()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("unshare", ["--mount", "--pid", "--fork", "true"]) { RedirectStandardError = true });
            return process is not null && process.WaitForExit(TimeSpan.FromSeconds(10)) && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
