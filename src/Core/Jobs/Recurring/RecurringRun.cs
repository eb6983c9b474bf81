using System.Text.Json.Nodes;

namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>One run of recurring work, as the store remembers it.</summary>
public sealed record RecurringRun
{
    /// <summary>Its number, from 1 on over all work.</summary>
    public required long Number { get; init; }

    /// <summary>The work.</summary>
    public required string Id { get; init; }

    /// <summary>Why.</summary>
    public required FireCause Cause { get; init; }

    /// <summary>The moment it stands for.</summary>
    public required DateTimeOffset Slot { get; init; }

    /// <summary>What the person who asked said.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    /// <summary>Earlier slots that passed unnoticed and were not run.</summary>
    public long Missed { get; init; }

    /// <summary>How it stands.</summary>
    public required RecurringRunState State { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempt { get; init; }

    /// <summary>Beginnings since its last orderly end; more than one means that a process died.</summary>
    internal int Fatal { get; init; }

    /// <summary>Where it was begun last: machine and process.</summary>
    public string? Node { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>When it was first begun.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What it said at its end, or why it failed or was skipped.</summary>
    public string? Message { get; init; }

    /// <summary>Its numbers and lists.</summary>
    public JsonObject? Details { get; init; }
}
