using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Dedupe;

/// <summary>What a job <c>sheet:dedupe</c> is asked to do: its input, and what its action's config says where the input is silent.</summary>
/// <param name="On">The keys of the fields that rows must agree in.</param>
/// <param name="Keep"><c>first</c>, <c>last</c>, <c>merge</c>, or the name of a <see cref="DuplicateChoice"/>.</param>
/// <param name="IgnoreCase">Whether capital and small letters are the same.</param>
/// <param name="Trim">Whether blanks around a value do not count.</param>
/// <param name="Preview">Whether duplicates are told of and nothing is changed.</param>
internal sealed record DedupeOptions(IReadOnlyList<string> On, string Keep, bool IgnoreCase, bool Trim, bool Preview)
{
    public const string First = "first";
    public const string Last = "last";
    public const string Merge = "merge";

    private static readonly string[] Known = ["on", "keep", "ignoreCase", "trim", "preview"];

    /// <exception cref="JobFailedException">An option is missing, unknown or wrong.</exception>
    public static DedupeOptions Of(Job job, Sheet sheet, IEnumerable<string> choices)
    {
        var given = new JsonObject();
        foreach (var (name, value) in (job.Config ?? []).Concat(job.Input ?? []))
        {
            // A config has members of others; an input is made for this job alone.
            if (Known.Contains(name))
            {
                given[name] = value?.DeepClone();
            }
            else if (job.Input?.ContainsKey(name) == true)
            {
                throw new JobFailedException($"There is no option '{name}'. Known: {string.Join(", ", Known)}.");
            }
        }

        var keep = Text(given["keep"], "keep") ?? First;
        string[] ways = [First, Last, Merge, .. choices];
        return ways.Contains(keep, StringComparer.Ordinal)
            ? new DedupeOptions(FieldsOf(given["on"], sheet), keep, Flag(given["ignoreCase"], "ignoreCase"), Flag(given["trim"], "trim"), Flag(given["preview"], "preview"))
            : throw new JobFailedException($"The option 'keep' is '{keep}'. Known: {string.Join(", ", ways)}.");
    }

    private static IReadOnlyList<string> FieldsOf(JsonNode? on, Sheet sheet)
    {
        var names = on switch
        {
            JsonArray list => list.Select(item => Text(item, "on") ?? "").ToList(),
            _ => (Text(on, "on") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList(),
        };
        if (names.Count == 0)
        {
            throw new JobFailedException("The option 'on' is missing: it names the field, or the fields, that duplicates agree in.");
        }

        var unknown = names.Where(name => !sheet.Config.Fields.Any(f => f.Key == name)).ToList();
        return unknown.Count == 0
            ? names
            : throw new JobFailedException($"{sheet.Name} has no field '{unknown[0]}'. Its fields: {string.Join(", ", sheet.Config.Fields.Select(f => f.Key))}.");
    }

    private static string? Text(JsonNode? node, string option) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => null,
        JsonValueKind.String => (string?)node,
        _ => throw new JobFailedException($"The option '{option}' must be a text."),
    };

    private static bool Flag(JsonNode? node, string option) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw new JobFailedException($"The option '{option}' must be true or false."),
    };
}
