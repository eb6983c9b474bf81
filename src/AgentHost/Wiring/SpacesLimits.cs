using System.Globalization;
using Flatfile.Agent.Host.Faults;
using Flatfile.Spaces;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>The section <c>Spaces</c> of the configuration: how much Spaces takes in. What is not set stays as it is.</summary>
internal static class SpacesLimits
{
    private const string Section = "Spaces";

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

    public static void Apply(IConfiguration configuration, SpacesOptions options)
    {
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
}
