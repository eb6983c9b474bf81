using Flatfile.Agent.Host.Serving;

namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>What was written behind <c>./agent dead</c>.</summary>
internal sealed record DeadRequest(ServerChoice Server)
{
    /// <summary>Numbers of letters, or message ids of the bus.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Without the numbers.</summary>
    public required LetterQuery Filter { get; init; }

    public int? Limit { get; init; }

    public bool All { get; init; }

    public bool DryRun { get; init; }

    /// <summary>The file with the changed event.</summary>
    public string? Edited { get; init; }

    public bool Json { get; init; }

    /// <summary>The event is to be printed and nothing else.</summary>
    public bool EventAlone { get; init; }

    /// <summary>The bus's own queue is meant.</summary>
    public bool Bus { get; init; }
}
