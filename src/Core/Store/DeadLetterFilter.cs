namespace Flatfile.Agent.Core.Store;

/// <summary>Which dead letters are meant. What is null does not narrow; several members narrow together.</summary>
public sealed record DeadLetterFilter
{
    /// <summary>The longest text a member may hold.</summary>
    public const int Longest = 400;

    /// <summary>Letters by number.</summary>
    public IReadOnlyCollection<long>? Ids { get; init; }

    /// <summary>A handler's id, or a glob over it: <c>*</c> is anything, <c>?</c> one character.</summary>
    public string? Handler { get; init; }

    /// <summary>A topic, or a glob over it: <c>*</c> is one segment, <c>**</c> any number of them.</summary>
    public string? Topic { get; init; }

    /// <summary>A space's id.</summary>
    public string? Space { get; init; }

    /// <summary>Given up at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Given up before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>A part of the reason, in any case of letters.</summary>
    public string? Reason { get; init; }

    /// <summary>Where they stand; those a person may still do something about unless told.</summary>
    public IReadOnlyCollection<DeadLetterState> States { get; init; } = DeadLetterStates.Waiting;

    /// <summary>True when nothing but the state narrows.</summary>
    public bool IsEverything =>
        Ids is null && Handler is null && Topic is null && Space is null && Since is null && Until is null && Reason is null;
}
