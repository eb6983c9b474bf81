using System.CommandLine;
using System.CommandLine.Parsing;
using Flatfile.Agent.Host.DeadLetters;
using Flatfile.Agent.Host.Serving;

namespace Flatfile.Agent.Host.Commands;

/// <summary>The options of <c>./agent dead</c>.</summary>
internal sealed class DeadOptions
{
    private readonly Option<string?> _handler = new("--handler") { Description = "Given up by this handler; * is anything: 'Contacts/*'.", HelpName = "ID" };
    private readonly Option<string?> _topic = new("--topic") { Description = "Of this topic; * is one segment, ** any: 'commit:*'.", HelpName = "TOPIC" };
    private readonly Option<string?> _space = new("--space") { Description = "Of this space.", HelpName = "ID" };
    private readonly Option<DateTimeOffset?> _since = Time("--since", "Given up at this time or later: 2025-03-01T12:00Z, or 30m, 2h, 3d ago.");
    private readonly Option<DateTimeOffset?> _until = Time("--until", "Given up before this time, written the same.");
    private readonly Option<string?> _reason = new("--reason") { Description = "The reason holds this text.", HelpName = "TEXT" };

    public DeadOptions()
    {
        State.AcceptOnlyFromAmong([.. LetterView.States.Select(s => s.Name), "all"]);
        Limit.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var limit) && limit < 1)
            {
                result.AddError($"--limit {limit}: it is the number of letters, from 1 on.");
            }
        });
    }

    public Option<string?> Url { get; } = new("--url") { Description = "An agent elsewhere.", HelpName = "URL", Recursive = true };

    public Option<string?> Key { get; } = new("--key") { Description = "Its operator's key; Agent__OperatorKey unless told.", HelpName = "KEY", Recursive = true };

    public Option<int?> Limit { get; } = new("--limit") { Description = "At most so many; list shows 20 unless told.", HelpName = "N" };

    public Option<string?> State { get; } = new("--state") { Description = "Those that stand so; open and asked unless told.", HelpName = "STATE" };

    public Option<bool> All { get; } = new("--all") { Description = "Every one, when nothing narrows." };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Say what would happen and change nothing." };

    public Option<string?> Edited { get; } = new("--edited") { Description = "Send the event of this file instead, for one letter. Its id must stay.", HelpName = "FILE" };

    public Option<bool> Bus { get; } = new("--bus") { Description = "The dead-letter queue that the bus keeps itself." };

    public Option<bool> Event { get; } = new("--event") { Description = "Print the event and nothing else, to be corrected in a file." };

    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object and nothing else." };

    public void AddFilters(Command command)
    {
        foreach (var option in (Option[])[_handler, _topic, _space, _since, _until, _reason])
        {
            command.Options.Add(option);
        }
    }

    public DeadRequest Read(ParseResult parsed, HostSettings settings, IReadOnlyList<string> ids) => new(new ServerChoice(settings, parsed.GetValue(Url), parsed.GetValue(Key), "--url"))
    {
        Ids = ids,
        Filter = new LetterQuery
        {
            Handler = Given(parsed, _handler),
            Topic = Given(parsed, _topic),
            Space = Given(parsed, _space),
            Since = Given(parsed, _since),
            Until = Given(parsed, _until),
            Reason = Given(parsed, _reason),
            States = Given(parsed, State) switch { null => null, "all" => [.. LetterView.States.Select(s => s.Name)], var one => [one] },
        },
        Limit = Given(parsed, Limit),
        All = Given(parsed, All),
        DryRun = Given(parsed, DryRun),
        Edited = Given(parsed, Edited),
        Json = Given(parsed, Json),
        EventAlone = Given(parsed, Event),
        Bus = Given(parsed, Bus),
    };

    /// <summary>Not every command has every option.</summary>
    private static T? Given<T>(ParseResult parsed, Option<T> option) => parsed.GetResult(option) is null ? default : parsed.GetValue(option);

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            if (TimeText.Read(text, TimeProvider.System) is { } time)
            {
                return time;
            }

            result.AddError($"{name} {text}: this is no time. Write it as 2025-03-01T12:00Z, or as 30m, 2h, 3d for so long ago.");
            return null;
        },
    };
}
