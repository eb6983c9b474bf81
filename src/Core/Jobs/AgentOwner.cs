using System.Globalization;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>Who this process is to the tickets and events it takes; new with every start, and after it was taken for dead.</summary>
internal sealed class AgentOwner
{
    private volatile Ownership _current = new();

    public string Id => _current.Id;

    /// <summary>The id and the token that fires when it counts no more; taken together, once for each piece of work.</summary>
    public Ownership Current => _current;

    /// <summary>For people: machine and process.</summary>
    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");

    /// <summary>Others may have taken over what the id holds: everything under it ends, and a new id begins.</summary>
    public void Renew()
    {
        var lost = _current;
        _current = new Ownership();
        lost.End();
    }
}
