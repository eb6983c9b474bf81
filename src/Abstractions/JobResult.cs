using System.Text.Json.Nodes;

namespace Flatfile.Agent;

/// <summary>How a job ended well: the outcome a person sees.</summary>
public sealed record JobResult
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

    /// <summary>A follow-up in Flatfile's form, such as <c>{"type":"files","files":[…]}</c>.</summary>
    public JsonObject? Next { get; init; }

    /// <summary>Numbers and lists for machines, stored beside the outcome under their own names.</summary>
    public JsonObject? Details { get; init; }
}
