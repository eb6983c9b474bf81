using System.Text.RegularExpressions;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Wiring;

namespace Flatfile.Agent.Host.Serving;

/// <summary>The secret key a data folder's Spaces made for this machine, or was given by the settings.</summary>
internal static partial class DevelopmentKey
{
    /// <summary>The name in the section of Spaces.</summary>
    public const string Setting = "DevelopmentKey";

    public static string FileIn(string dataFolder) => Path.Combine(dataFolder, "development-key");

    /// <summary>Lays the key of the settings into the folder, when they hold one. The folder is held by this process and its Spaces has not started.</summary>
    /// <exception cref="UserFault">It is no key.</exception>
    public static void LayFromSettings(IConfiguration configuration, string dataFolder)
    {
        if (configuration[$"{SpacesLimits.Section}:{Setting}"] is not { Length: > 0 } key || key == Read(dataFolder))
        {
            return;
        }

        if (!Form().IsMatch(key))
        {
            throw new UserFault($"{SpacesLimits.Section}:{Setting} is no secret key.", "It is sk_ and 43 letters or digits.", "Write one made at random, or leave it out: Spaces then makes one.");
        }

        var file = FileIn(dataFolder);
        var settings = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Delete(file);
        using var stream = new StreamWriter(file, settings);
        stream.WriteLine(key);
    }

    /// <summary>The key, or null when there is none yet or this user may not read it.</summary>
    public static string? Read(string dataFolder)
    {
        try
        {
            return File.ReadAllText(FileIn(dataFolder)).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [GeneratedRegex("^sk_[0-9A-Za-z]{43}$")]
    private static partial Regex Form();
}
