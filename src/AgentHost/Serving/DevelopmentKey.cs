namespace Flatfile.Agent.Host.Serving;

/// <summary>The secret key a data folder's Spaces made for this machine.</summary>
internal static class DevelopmentKey
{
    public static string FileIn(string dataFolder) => Path.Combine(dataFolder, "development-key");

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
}
