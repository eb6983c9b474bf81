using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>How files are mapped: from the settings, and for one file from its job's input, which goes before them.</summary>
internal sealed record AutomapOptions
{
    public const string SettingsName = "Automap";

    private const string Exact = "exact";
    private const string Confident = "confident";
    private const string Leave = "leave";
    private const string Fail = "fail";

    /// <summary><c>exact</c>: only names that are the same, an alternative or learnt. <c>confident</c>: synonyms, spellings and values as well.</summary>
    public string Accuracy { get; init; } = Confident;

    /// <summary>Slug or name of the one sheet that files go to; null for the one that fits.</summary>
    public string? DefaultTargetSheet { get; init; }

    /// <summary>A regular expression; files whose name it does not match stay sheets of their own. Null for all files.</summary>
    public string? MatchFilename { get; init; }

    /// <summary>When no sheet claims the file: <c>leave</c> completes the job and says why, <c>fail</c> fails it.</summary>
    public string OnFailure { get; init; } = Leave;

    /// <summary>By the column's name the field's key; an empty one keeps the column out. Remembered for later files.</summary>
    public IReadOnlyDictionary<string, string> Mapping { get; init; } = new Dictionary<string, string>();

    public bool OnlyExact => Accuracy == Exact;

    public bool FailsUnclaimed => OnFailure == Fail;

    /// <exception cref="JobFailedException">An option has a value it cannot have.</exception>
    public static AutomapOptions Of(IConfiguration? settings, JsonObject? input)
    {
        var section = settings?.GetSection(SettingsName);
        string? Text(string name) => input?[name] is { } given ? TextOf(name, given) : section?[name];
        var options = new AutomapOptions
        {
            Accuracy = OneOf("accuracy", Text("accuracy"), Confident, Exact),
            DefaultTargetSheet = Text("defaultTargetSheet"),
            MatchFilename = Text("matchFilename"),
            OnFailure = OneOf("onFailure", Text("onFailure"), Leave, Fail),
            Mapping = MappingOf(input?["mapping"]),
        };
        _ = options.Matches("");
        return options;
    }

    /// <summary>Whether a file with this name is to be mapped.</summary>
    public bool Matches(string fileName)
    {
        try
        {
            // Without backtracking: a pattern from settings cannot take longer than the name is long.
            return MatchFilename is null || Regex.IsMatch(fileName, MatchFilename, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            throw new JobFailedException($"The option matchFilename is '{MatchFilename}', which is no regular expression that can be used: {fault.Message} Write one such as ^contacts.", fault);
        }
    }

    private static string OneOf(string name, string? value, string usual, string other) =>
        value is null || value.Equals(usual, StringComparison.OrdinalIgnoreCase) ? usual
        : value.Equals(other, StringComparison.OrdinalIgnoreCase) ? other
        : throw new JobFailedException($"The option {name} is '{value}'. It can be {usual} or {other}.");

    private static string TextOf(string name, JsonNode given) =>
        given is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw new JobFailedException($"The option {name} in the job's input is {given.ToJsonString()}, and must be a text.");

    private static Dictionary<string, string> MappingOf(JsonNode? given)
    {
        if (given is null)
        {
            return [];
        }

        var pairs = given as JsonObject ?? throw new JobFailedException("The option mapping in the job's input must be an object such as {\"E-Mail\": \"email\"}: names of columns with keys of fields, or with an empty text to leave a column out.");
        return pairs.ToDictionary(p => p.Key, p => p.Value is null ? "" : TextOf("mapping", p.Value), StringComparer.Ordinal);
    }
}
