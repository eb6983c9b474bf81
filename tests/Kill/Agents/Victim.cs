using Contracts.Agents;
using Kill.Platform;

namespace Kill.Agents;

/// <summary>One agent that is killed again and again, behind a proxy of its own.</summary>
internal sealed class Victim(AgentUnderTest agent, RecordingProxy proxy) : IAsyncDisposable
{
    /// <summary>The variable that lets it die at a named place.</summary>
    private const string Places = "FLATFILE_AGENT_FAILPOINTS";

    private int _callsBefore;

    public AgentUnderTest Agent => agent;

    public RecordingProxy Proxy => proxy;

    /// <summary>The place at which this life is to die, or null.</summary>
    public string? Place { get; private set; }

    /// <summary>Starts the next life.</summary>
    /// <param name="place">Where it is to die; null for nowhere.</param>
    /// <param name="times">How often it is to come there before.</param>
    public void Start(string? place = null, int times = 1)
    {
        Place = place;
        _callsBefore = proxy.Calls.Count;
        agent.Start(place is null ? null : new Dictionary<string, string> { [Places] = FormattableString.Invariant($"{place}:{times}:kill") });
    }

    /// <summary>True once this life has asked Flatfile for something.</summary>
    public bool HasCalled => proxy.Calls.Count > _callsBefore;

    public async ValueTask DisposeAsync()
    {
        await agent.DisposeAsync();
        await proxy.DisposeAsync();
    }
}
