using System.Text.Json.Nodes;

namespace Flatfile.Agent;

/// <summary>The job cannot succeed by repeating. The message is shown to the person: say what is wrong, why, and what to do.</summary>
public sealed class JobFailedException : Exception
{
    /// <summary>A failure with the text a person reads.</summary>
    public JobFailedException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    /// <summary>Numbers and lists for machines, stored beside the outcome under their own names.</summary>
    public JsonObject? Details { get; init; }
}
