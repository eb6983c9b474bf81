using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Jobs;

/// <summary>What is wrong with an outcome: its follow-up must be of a known kind and have what that kind needs. Members beyond that are free.</summary>
internal static class OutcomeCheck
{
    private static readonly Dictionary<string, string[]> Kinds = new(StringComparer.Ordinal)
    {
        ["id"] = ["id"],
        ["url"] = ["url"],
        ["download"] = ["url"],
        ["files"] = ["files[]"],
        ["wait"] = [],
        ["snapshot"] = ["snapshotId", "sheetId"],
        ["retry"] = [],
        ["view"] = ["sheetId", "hiddenColumns[]"],
        ["clearFilters"] = [],
    };

    private static readonly string[] Triggers = ["manual", "automatic", "automatic_silent"];

    /// <summary>All faults of the member <c>outcome</c>.</summary>
    public static IEnumerable<ApiFault> Run(JsonNode? given)
    {
        if (given is null)
        {
            yield break;
        }

        if (given is not JsonObject outcome)
        {
            yield return new ApiFault("outcome", "'outcome' must be an object.");
            yield break;
        }

        foreach (var member in new[] { "heading", "message", "buttonText" }.Where(member => outcome[member] is not null && outcome.Text(member) is null))
        {
            yield return new ApiFault($"outcome.{member}", $"'outcome.{member}' must be a text.");
        }

        foreach (var member in new[] { "acknowledge", "hideDefaultButton" }.Where(member => outcome[member] is { } value && !(value is JsonValue flag && flag.TryGetValue<bool>(out _))))
        {
            yield return new ApiFault($"outcome.{member}", $"'outcome.{member}' must be true or false.");
        }

        if (outcome["trigger"] is { } trigger && !Triggers.Contains(trigger is JsonObject details ? details.Text("type") : outcome.Text("trigger")))
        {
            yield return new ApiFault("outcome.trigger", $"'outcome.trigger' must be {string.Join(", ", Triggers)}, or an object with such a 'type'.");
        }

        foreach (var fault in Next(outcome["next"]))
        {
            yield return fault;
        }
    }

    private static IEnumerable<ApiFault> Next(JsonNode? given)
    {
        if (given is null)
        {
            yield break;
        }

        if (given is not JsonObject next || next.Text("type") is not { } type || !Kinds.TryGetValue(type, out var needed))
        {
            yield return new ApiFault("outcome.next", $"'outcome.next' must be an object with a 'type' of {string.Join(", ", Kinds.Keys)}.");
            yield break;
        }

        foreach (var member in needed)
        {
            var isList = member.EndsWith("[]", StringComparison.Ordinal);
            var name = isList ? member[..^2] : member;
            if (isList ? next[name] is not JsonArray : next.Text(name) is null)
            {
                yield return new ApiFault($"outcome.next.{name}", $"A follow-up of type '{type}' needs '{name}', {(isList ? "a list" : "a text")}.");
            }
        }

        if (type == "files" && next["files"] is JsonArray files)
        {
            for (var i = 0; i < files.Count; i++)
            {
                if ((files[i] as JsonObject)?.Text("fileId") is null)
                {
                    yield return new ApiFault($"outcome.next.files[{i}].fileId", "Each file of the follow-up needs 'fileId', a text.");
                }
            }
        }
    }
}
