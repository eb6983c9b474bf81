using System.Text.Json.Serialization;
using Flatfile.Agent.Core.Store;
using Flatfile.Agent.Host.Operating;

namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>Which dead letters a request means, as it travels. A member nobody knows is refused: a slip of the pen must not mean all.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal record LetterQuery
{
    private const int MostIds = 500;

    public IReadOnlyList<long>? Ids { get; init; }

    public string? Handler { get; init; }

    public string? Topic { get; init; }

    public string? Space { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    public string? Reason { get; init; }

    /// <summary>Of open, asked, replayed and dropped; the first two unless told.</summary>
    public IReadOnlyList<string>? States { get; init; }

    /// <exception cref="OperatorFault">A member cannot be used.</exception>
    public DeadLetterFilter ToFilter()
    {
        if (Ids?.Count > MostIds)
        {
            throw OperatorFault.BadRequest($"{Ids.Count} numbers are too many.", $"One request takes {MostIds}.", "Ask several times, or use a filter.");
        }

        Check("handler", Handler);
        Check("topic", Topic);
        Check("space", Space);
        Check("reason", Reason);
        var filter = new DeadLetterFilter { Ids = Ids, Handler = Handler, Topic = Topic, Space = Space, Since = Since, Until = Until, Reason = Reason };
        return States is null ? filter : filter with { States = [.. States.Select(ToState)] };
    }

    private static DeadLetterState ToState(string name) => LetterView.States.FirstOrDefault(s => s.Name == name) is { Name: not null } found
        ? found.State
        : throw OperatorFault.BadRequest($"There is no state '{name}'.", $"A dead letter is {string.Join(", ", LetterView.States.Select(s => s.Name))}.", "Name one of these.");

    private static void Check(string name, string? value)
    {
        if (value is { Length: 0 } or { Length: > DeadLetterFilter.Longest })
        {
            throw OperatorFault.BadRequest(
                $"The filter '{name}' has {value.Length} characters.", $"It needs at least one and at most {DeadLetterFilter.Longest}.", "Correct it, or leave it out.");
        }
    }
}
