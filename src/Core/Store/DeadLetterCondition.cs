using System.Globalization;
using System.Text;

namespace Flatfile.Agent.Core.Store;

/// <summary>A filter of dead letters as SQL. The text is made of fixed parts; everything a person wrote is a parameter.</summary>
internal sealed class DeadLetterCondition
{
    private readonly List<string> _parts = [];
    private readonly List<(string Name, object? Value)> _parameters = [];

    public DeadLetterCondition(DeadLetterFilter filter)
    {
        AddStates(filter.States);
        AddIds(filter.Ids);
        AddLike("handler_id", "@handler", filter.Handler);
        AddLike("topic", "@topic", filter.Topic);
        if (filter.Topic is { } topic && topic.Contains('*') && !topic.Contains("**", StringComparison.Ordinal))
        {
            // With as many separators as the glob has, no wildcard can have reached across one.
            Add("length(topic) - length(replace(topic, ':', '')) = @colons", ("@colons", topic.Count(c => c == ':')));
        }

        Add("space_id = @space", filter.Space, "@space");
        Add("at >= @since", filter.Since?.ToUnixTimeMilliseconds(), "@since");
        Add("at < @until", filter.Until?.ToUnixTimeMilliseconds(), "@until");
        Add("lower(reason) LIKE lower(@reason) ESCAPE '!'", filter.Reason is { } reason ? $"%{Escape(reason)}%" : null, "@reason");
    }

    public string Sql => string.Join(" AND ", _parts);

    public (string Name, object? Value)[] Parameters => [.. _parameters];

    /// <summary>Narrows further.</summary>
    public DeadLetterCondition Add(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        _parts.Add(sql);
        _parameters.AddRange(parameters);
        return this;
    }

    private void Add(string sql, object? value, string name)
    {
        if (value is not null)
        {
            Add(sql, (name, value));
        }
    }

    private void AddStates(IReadOnlyCollection<DeadLetterState> states)
    {
        const string waits = "replayed_at IS NULL AND dropped_at IS NULL";
        if (states.Contains(DeadLetterState.Open) && states.Contains(DeadLetterState.Asked) && states.Count == 2)
        {
            _parts.Add(waits);
            return;
        }

        var any = states.Select(s => s switch
        {
            DeadLetterState.Open => $"({waits} AND replay_asked_at IS NULL)",
            DeadLetterState.Asked => $"({waits} AND replay_asked_at IS NOT NULL)",
            DeadLetterState.Replayed => "replayed_at IS NOT NULL",
            _ => "(dropped_at IS NOT NULL AND replayed_at IS NULL)",
        }).Distinct().ToList();
        _parts.Add(any.Count == 0 ? "1 = 0" : $"({string.Join(" OR ", any)})");
    }

    private void AddIds(IReadOnlyCollection<long>? ids)
    {
        if (ids is null)
        {
            return;
        }

        var names = ids.Distinct().Select((id, i) => (Name: "@id" + i.ToString(CultureInfo.InvariantCulture), Value: (object?)id)).ToList();
        _parts.Add(names.Count == 0 ? "1 = 0" : $"id IN ({string.Join(", ", names.Select(n => n.Name))})");
        _parameters.AddRange(names);
    }

    private void AddLike(string column, string name, string? glob)
    {
        if (glob is not null)
        {
            Add($"lower({column}) LIKE lower({name}) ESCAPE '!'", (name, Pattern(glob)));
        }
    }

    private static string Pattern(string glob)
    {
        var pattern = new StringBuilder(glob.Length + 8);
        foreach (var c in glob)
        {
            switch (c)
            {
                case '*':
                    pattern.Append('%');
                    break;
                case '?':
                    pattern.Append('_');
                    break;
                default:
                    Escape(pattern, c);
                    break;
            }
        }

        return pattern.ToString();
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            Escape(escaped, c);
        }

        return escaped.ToString();
    }

    private static void Escape(StringBuilder text, char c) => _ = c is '%' or '_' or '!' ? text.Append('!').Append(c) : text.Append(c);
}
