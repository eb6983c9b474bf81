namespace Contracts.Services;

/// <summary>Finds a program of the operating system that tests start.</summary>
public static class InstalledProgram
{
    /// <summary>The path of the program in one of these folders, else on the search path, else null.</summary>
    public static string? Find(string name, params IEnumerable<string> folders)
    {
        var searched = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Concat(searched).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
