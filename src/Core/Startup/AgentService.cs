using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flatfile.Agent.Core.Startup;

/// <summary>The agent among the host's services. Nothing of it is made before its settings are found to be right.</summary>
/// <remarks>It goes down before any other service stops: a server in the same host must still answer its last calls.</remarks>
internal sealed class AgentService(AgentOptionsCheck check, IServiceProvider services) : IHostedLifecycleService
{
    private AgentLife? _life;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        check.Run();
        var life = services.GetRequiredService<AgentLife>();
        await life.StartAsync(cancellationToken).ConfigureAwait(false);
        _life = life;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => GoDownAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => GoDownAsync(cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task GoDownAsync(CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref _life, null)?.StopAsync(cancellationToken) ?? Task.CompletedTask;
}
