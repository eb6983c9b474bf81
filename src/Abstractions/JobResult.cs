using System.Text.Json.Nodes;

namespace Flatfile.Agent;

/// <summary>How a job ended well: the outcome a person sees, and with one of the calls <c>Then…</c> what follows it.</summary>
public sealed partial record JobResult
{
    /// <summary>A result with a message only.</summary>
    public JobResult(string message) => Message = message;

    /// <summary>The main text.</summary>
    public string Message { get; init; }

    /// <summary>The title above it.</summary>
    public string? Heading { get; init; }

    /// <summary>The job's last status line.</summary>
    public string? Info { get; init; }

    /// <summary>True to keep the dialog open until the person dismisses it.</summary>
    public bool? Acknowledge { get; init; }

    /// <summary>What stands on the dialog's button.</summary>
    public string? ButtonText { get; init; }

    /// <summary>True for a dialog without the usual button.</summary>
    public bool? HideDefaultButton { get; init; }

    /// <summary>When what follows happens; null for Flatfile's usual way.</summary>
    public OutcomeTrigger? Trigger { get; init; }

    /// <summary>For whom it happens by itself; counts beside <see cref="Trigger"/>.</summary>
    public OutcomeAudience? Audience { get; init; }

    /// <summary>What follows, in Flatfile's form, such as <c>{"type":"files","files":[…]}</c>; null for nothing.</summary>
    public JsonObject? Next { get; private init; }

    /// <summary>Numbers and lists for machines, stored beside the outcome under their own names.</summary>
    public JsonObject? Details { get; init; }
}
