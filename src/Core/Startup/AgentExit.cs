using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flatfile.Agent.Core.Startup;

/// <summary>Whether the agent went down by itself, to be started anew by whatever looks after the process.</summary>
public sealed class AgentExit(IServiceProvider services)
{
    /// <summary>The exit code for a supervisor: a temporary failure, start again (EX_TEMPFAIL).</summary>
    public const int RestartCode = 75;

    private volatile bool _restart;

    /// <summary>True when the process should be started anew.</summary>
    public bool IsRestartAsked => _restart;

    /// <summary>Stops the host in order.</summary>
    internal void AskForRestart()
    {
        _restart = true;
        services.GetService<IHostApplicationLifetime>()?.StopApplication();
    }
}
