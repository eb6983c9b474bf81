using System.Diagnostics;

namespace Flow.Tests.Support;

/// <summary>A test in a world of its own: without a network, or with a disk of its own size.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnshareFactAttribute : FactAttribute
{
    public UnshareFactAttribute(string flags, string trial)
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "Only Linux has namespaces: this was not tried.";
        }
        else if (!Works(flags, trial))
        {
            Skip = $"This machine does not allow 'unshare {flags}' with '{trial}': this was not tried.";
        }
    }

    private static bool Works(string flags, string trial)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("unshare", [flags, "sh", "-c", trial]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            return process.WaitForExit(TimeSpan.FromSeconds(10)) && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
