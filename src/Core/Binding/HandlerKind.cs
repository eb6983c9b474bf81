namespace Flatfile.Agent.Core.Binding;

/// <summary>How a handler runs: inline, or as a durable job.</summary>
public enum HandlerKind
{
    /// <summary>An <see cref="IEventHandler"/>, or a callback of a listener.</summary>
    Event,

    /// <summary>An <see cref="IJobHandler"/>.</summary>
    Job,
}
