using System.Text.Json;
using Flatfile.Agent.Host.Faults;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>Reads the configuration: the defaults beside the program, then <c>appsettings.json</c> of the current folder, then the environment.</summary>
internal static class SettingsWiring
{
    private const string FileName = "appsettings.json";

    // The names Flatfile's own tools read, in the order they prefer them.
    private static readonly (string Variable, string Key)[] FlatfileVariables =
    [
        ("FLATFILE_API_URL", "Agent:Flatfile:ApiUrl"),
        ("FLATFILE_SECRET_KEY", "Agent:Flatfile:ApiKey"),
        ("FLATFILE_BEARER_TOKEN", "Agent:Flatfile:ApiKey"),
        ("FLATFILE_API_KEY", "Agent:Flatfile:ApiKey"),
        ("FLATFILE_ENVIRONMENT_ID", "Agent:EnvironmentId"),
    ];

    public static IConfigurationRoot Read()
    {
        var configuration = new ConfigurationBuilder();
        var files = Files();
        foreach (var file in files.Reverse())
        {
            Check(file);
        }

        foreach (var file in files)
        {
            configuration.AddJsonFile(file, optional: false, reloadOnChange: false);
        }

        var fromFlatfile = new Dictionary<string, string?>();
        foreach (var (variable, key) in FlatfileVariables)
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value)
            {
                fromFlatfile[key] = value;
            }
        }

        return configuration.AddInMemoryCollection(fromFlatfile).AddEnvironmentVariables().Build();
    }

    /// <summary>The Flatfile the configuration names, or null when it names none or the very server that is about to start here.</summary>
    public static string? FlatfileElsewhere(IConfiguration configuration, int port)
    {
        var url = configuration["Agent:Flatfile:ApiUrl"];
        if (string.IsNullOrEmpty(url))
        {
            return null;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new UserFault(
                $"'{url}' is not an address.",
                "FLATFILE_API_URL or Agent:Flatfile:ApiUrl names the Flatfile to work against.",
                "Write it in full, such as https://platform.flatfile.com/api, or leave it out to serve Spaces here.");
        }

        return address.IsLoopback && address.Port == port ? null : url;
    }

    /// <summary>Weakest first. The person's own file is the one checked, and named, first.</summary>
    private static IReadOnlyList<string> Files() =>
        [.. new[] { AppContext.BaseDirectory, Environment.CurrentDirectory }
            .Select(folder => Path.GetFullPath(Path.Combine(folder, FileName)))
            .Distinct()
            .Where(File.Exists)];

    private static void Check(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new JsonException($"The file holds {document.RootElement.ValueKind} instead of an object.", null, 0, 0);
            }
        }
        catch (JsonException fault)
        {
            throw new UserFault(
                $"{file}, line {(fault.LineNumber ?? 0) + 1}, is not valid JSON.",
                FirstSentence(fault.Message),
                "Correct the file, or delete it: every setting has a default.",
                inner: fault);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw new UserFault($"{file} cannot be read.", fault.Message, "Give this user the right to read it.", inner: fault);
        }
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        if (end < 0)
        {
            end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        }

        return end < 0 ? message : message[..end];
    }
}
