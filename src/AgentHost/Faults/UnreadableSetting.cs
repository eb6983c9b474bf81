using System.Text.RegularExpressions;

namespace Flatfile.Agent.Host.Faults;

/// <summary>A setting whose value is no number, time or name of the kind it must be, as the framework's binder tells it.</summary>
internal static partial class UnreadableSetting
{
    /// <summary>Who throws it.</summary>
    public const string Source = "Microsoft.Extensions.Configuration.Binder";

    /// <summary>The names there are to choose from; empty where it is no choice among names.</summary>
    public static string Known(Exception fault)
    {
        var name = TypeName().Match(fault.Message).Groups[1].Value;
        var type = AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetType(name)).FirstOrDefault(t => t is not null);
        return type is { IsEnum: true } ? $"Known: {string.Join(", ", Enum.GetNames(type))}." : string.Empty;
    }

    [GeneratedRegex("to type '([^']+)'")]
    private static partial Regex TypeName();
}
