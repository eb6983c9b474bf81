using System.Collections.Frozen;
using System.Reflection;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Binding;

/// <summary>Finds bindings that will not do what their author seems to hope for.</summary>
internal static class BindingHints
{
    private static readonly FrozenSet<string> KnownTopics = typeof(Topics).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(f => f.IsLiteral && f.FieldType == typeof(string))
        .Select(f => (string)f.GetRawConstantValue()!)
        .ToFrozenSet(StringComparer.Ordinal);

    public static IReadOnlyList<string> For(IReadOnlyList<HandlerBinding> bindings)
    {
        var hints = new List<string>();
        foreach (var binding in bindings)
        {
            foreach (var rule in binding.Rules)
            {
                hints.AddRange(ForRule(rule).Select(h => $"{binding.HandlerId} ({binding.Plugin}): {h}"));
            }
        }

        AddDoubleJobs(bindings, hints);
        return [.. hints.Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> ForRule(BindingRule rule)
    {
        if (rule.Topics.Count == 0)
        {
            yield return "its list of topics is empty, which matches nothing.";
        }

        foreach (var glob in rule.Topics)
        {
            if (ForTopic(glob) is { } hint)
            {
                yield return hint;
            }
        }

        foreach (var key in rule.Filters.SelectMany(f => f.Keys))
        {
            if (key.Values.Count == 0)
            {
                yield return $"the filter on '{key.Written}' has an empty list, which matches nothing.";
            }
            else if (IsJob(key) && key.Values.All(v => v.Text is { } text && !CanBeJob(text)))
            {
                yield return $"the filter {key.Written} = {string.Join(", ", key.Values)} matches no job: a job's name is type:operation, and '*' stays "
                    + "inside one segment. Write '*:*' or '**' for every job.";
            }
        }
    }

    private static string Some(List<string> topics) =>
        topics.Count <= 3 ? string.Join(", ", topics) : $"{string.Join(", ", topics.Take(2))} and {topics.Count - 2} more";

    private static string? ForTopic(TopicGlob glob)
    {
        var pattern = glob.Pattern;
        if (pattern.AsSpan().IndexOfAny("!{}[]") >= 0)
        {
            return $"'{pattern}' contains one of ! {{ }} [ ], which have no meaning in a topic glob and are read as they stand.";
        }

        if (pattern.Split(':').Any(s => s != "**" && s.Contains("**", StringComparison.Ordinal)))
        {
            return $"'{pattern}' has '**' beside other characters, where it stays inside one segment. Write it as a segment of its own, such as 'space:**'.";
        }

        if (pattern.EndsWith(":*", StringComparison.Ordinal))
        {
            var deeper = TopicGlob.Parse(pattern + "*");
            var missed = KnownTopics.Where(t => deeper.Matches(t) && !glob.Matches(t) && t.Contains(':')).Order(StringComparer.Ordinal).ToList();
            if (missed.Count > 0)
            {
                return $"'{pattern}' does not match {Some(missed)}: '*' is one segment. '{deeper.Pattern}' does.";
            }
        }

        return KnownTopics.Any(glob.Matches) ? null : $"'{pattern}' matches none of Flatfile's topics; it is reached only by topics of your own.";
    }

    private static bool IsJob(FilterKey key) => key.Written is "job" or "payload.job";

    private static bool CanBeJob(string text) => text.Contains(':') || text.Contains("**", StringComparison.Ordinal);

    private static void AddDoubleJobs(IReadOnlyList<HandlerBinding> bindings, List<string> hints)
    {
        var jobs = bindings.Where(b => b.Kind == HandlerKind.Job).SelectMany(b => b.Rules
            .Where(r => !r.Fallback && r.Filters.Sum(f => f.Keys.Count) == 1)
            .SelectMany(r => r.Filters.SelectMany(f => f.Keys).Where(IsJob).SelectMany(k => k.Values))
            .Where(v => v.Literal is not null)
            .Select(v => (Job: v.Literal!, b.HandlerId)));
        foreach (var job in jobs.Distinct().GroupBy(j => j.Job, j => j.HandlerId, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            hints.Add($"{string.Join(" and ", job)} all run the job '{job.Key}': a job wants one handler. Remove one, narrow its filter, or mark one Fallback.");
        }
    }
}
