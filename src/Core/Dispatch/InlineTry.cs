using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>One inline handler's way with one event.</summary>
internal sealed class InlineTry(HandlerBinding binding)
{
    public HandlerBinding Binding { get; } = binding;

    /// <summary>True once the inbox knows that this agent has begun.</summary>
    public bool Claimed { get; private set; }

    /// <summary>How often an agent died with this handler on this event in hand, for whatever reason.</summary>
    public int Deaths { get; private set; }

    /// <summary>Deaths it is known to have caused.</summary>
    public int Proven { get; set; }

    /// <summary>Deaths that count. Of those without proof at most one does, as they may have come from anything.</summary>
    public int AllDeaths => Math.Min(Deaths, 1) + Proven;

    /// <summary>True when nothing is left to do.</summary>
    public bool IsDone { get; set; }

    public int Failures { get; set; }

    /// <summary>True when a try of it goes on although it was told to end.</summary>
    public bool IsStuck { get; set; }

    /// <summary>How often it was found in the hands of another agent.</summary>
    public int Refusals { get; set; }

    public DateTimeOffset Due { get; set; } = DateTimeOffset.MinValue;

    public void Begin(InboxClaim claim) => (Claimed, Deaths, Proven) = (true, claim.Deaths, claim.Proven);
}
