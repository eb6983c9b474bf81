namespace Flatfile.Agent;

/// <summary>As this host has it.</summary>
public interface IEventHandler
{
    Task HandleAsync(EventContext context, CancellationToken cancellationToken);
}

/// <summary>With a member this host's does not have.</summary>
public abstract class EventContext
{
    public abstract int Attempt { get; }

    public abstract string Tenant { get; }
}

/// <summary>As this host has it.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class OnAttribute(string topic) : Attribute
{
    public string Topic { get; } = topic;
}
