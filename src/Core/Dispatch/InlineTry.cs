using Flatfile.Agent.Core.Binding;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>One inline handler's way with one event.</summary>
internal sealed class InlineTry(HandlerBinding binding, int deaths)
{
    public HandlerBinding Binding { get; } = binding;

    /// <summary>How often the process died before, with this handler on this event in hand.</summary>
    public int Deaths { get; } = deaths;

    /// <summary>True once the inbox knows of the start.</summary>
    public bool Started { get; set; }

    public int Failures { get; set; }

    public DateTimeOffset Due { get; set; } = DateTimeOffset.MinValue;
}
