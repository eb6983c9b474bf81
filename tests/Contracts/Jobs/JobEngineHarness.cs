using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Recurring;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Contracts.Jobs;

/// <summary>What the contract needs of an engine's surroundings: stores that outlive engines and processes.</summary>
public abstract class JobEngineHarness : IAsyncDisposable
{
    /// <summary>Runs beside each other.</summary>
    public const int MaxConcurrentJobs = 4;

    private readonly List<EngineNode> _nodes = [];

    /// <summary>True when several nodes use the same store of the engine.</summary>
    public abstract bool IsShared { get; }

    /// <summary>What <see cref="EngineProgram"/> needs to use the same stores from another process.</summary>
    public abstract IReadOnlyList<string> ProgramArguments { get; }

    /// <summary>A node as after a start of the process, its engine not started yet.</summary>
    public EngineNode Node(IJobRunner runner, IRecurringRunner? recurring = null) => Make(services =>
    {
        services.AddSingleton(runner);
        if (recurring is not null)
        {
            services.AddSingleton(recurring);
        }
    });

    /// <summary>A node that runs real tickets, its store open.</summary>
    /// <param name="work">What a run does; the pause until the next run, or null when the ticket is done.</param>
    internal async Task<EngineNode> TicketNodeAsync(Func<JobTicket, Task<TimeSpan?>> work)
    {
        var node = Make(services => services.AddSingleton<IJobRunner>(s => new ClaimingRunner(
            s.GetRequiredService<ITicketStore>(), s.GetRequiredService<TicketArming>(), s.GetRequiredService<AgentOwner>(), work)));
        await node.OpenStoreAsync();
        return node;
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    /// <summary>Names engine and stores.</summary>
    protected abstract void Set(AgentOptions options);

    /// <summary>Adds engine and stores.</summary>
    protected abstract void AddTo(IServiceCollection services);

    private EngineNode Make(Action<IServiceCollection> runner)
    {
        var services = new ServiceCollection();
        runner(services);
        services.AddAgent(options =>
        {
            options.MaxConcurrentJobs = MaxConcurrentJobs;
            Set(options);
        });
        AddTo(services);
        var node = new EngineNode(services.BuildServiceProvider());
        _nodes.Add(node);
        return node;
    }
}
