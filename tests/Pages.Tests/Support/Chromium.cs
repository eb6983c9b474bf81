using Contracts.Services;

namespace Pages.Tests.Support;

/// <summary>The system's browser. None is downloaded.</summary>
internal static class Chromium
{
    public static string? Program { get; } =
        InstalledProgram.Find("chromium", "/usr/bin", "/snap/bin") ?? InstalledProgram.Find("chromium-browser", "/usr/bin") ?? InstalledProgram.Find("google-chrome", "/usr/bin", "/opt/google/chrome");

    /// <summary>Null when there is one, else a sentence saying what is missing.</summary>
    public static string? Missing => Program is null ? "No Chromium is installed here: install it (Debian: apt-get install chromium) to run these tests." : null;
}
