using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flatfile.Agent.Core.Startup;

/// <summary>The agent among the host's services. Nothing of it is made before its settings are found to be right.</summary>
internal sealed class AgentService(AgentOptionsCheck check, IServiceProvider services) : IHostedService
{
    private AgentLife? _life;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        check.Run();
        _life = services.GetRequiredService<AgentLife>();
        return _life.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _life?.StopAsync(cancellationToken) ?? Task.CompletedTask;
}
