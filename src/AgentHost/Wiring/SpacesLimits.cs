using System.Globalization;
using Flatfile.Agent.Host.Faults;
using Flatfile.Spaces;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>The section <c>Spaces</c> of the configuration: how much Spaces takes in, and whether it raises the topics of the clock. What is not set stays as it is.</summary>
internal static class SpacesLimits
{
    public const string Section = "Spaces";

    private static readonly (string Name, Action<SpacesOptions, long> Set)[] Settings =
    [
        ("MaxFileBytes", (options, value) => options.MaxFileBytes = value),
        ("MaxImportBytes", (options, value) => options.MaxImportBytes = value),
        ("MaxImportUnpackedBytes", (options, value) => options.MaxImportUnpackedBytes = value),
        ("MaxSpaceStorageBytes", (options, value) => options.MaxSpaceStorageBytes = value),
        ("MaxSpaceRecords", (options, value) => options.MaxSpaceRecords = value),
        ("MaxSpaceFiles", (options, value) => options.MaxSpaceFiles = value),
        ("MaxSpaceSheets", (options, value) => options.MaxSpaceSheets = value),
    ];

    private const string Cron = "CronTopics";
    private const string KeyBeyondLoopback = "AllowDevelopmentKeyBeyondLoopback";

    /// <summary>The settings there are.</summary>
    public static IEnumerable<string> Names => [.. Settings.Select(s => s.Name), Cron, KeyBeyondLoopback, Serving.DevelopmentKey.Setting];

    public static void Apply(IConfiguration configuration, SpacesOptions options)
    {
        options.CronTopics = Choice(configuration, Cron, otherwise: true, "It says whether the events cron:5-minutes, cron:hourly, cron:daily and cron:weekly are raised.");
        options.AllowDevelopmentKeyBeyondLoopback = Choice(
            configuration, KeyBeyondLoopback, otherwise: false, "It says whether the key of this machine opens Spaces to other machines too.");
        foreach (var (name, set) in Settings)
        {
            if (configuration[$"{Section}:{name}"] is not { Length: > 0 } text)
            {
                continue;
            }

            set(options, long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new UserFault($"{Section}:{name} is '{text}'.", "It must be a whole number from 0 on.", "Correct it in appsettings.json or the environment, or leave it out."));
        }
    }

    private static bool Choice(IConfiguration configuration, string name, bool otherwise, string meaning) => configuration[$"{Section}:{name}"] switch
    {
        null or "" => otherwise,
        { } text when bool.TryParse(text, out var chosen) => chosen,
        { } text => throw new UserFault($"{Section}:{name} is '{text}'.", meaning, "Write true or false, or leave it out."),
    };
}
