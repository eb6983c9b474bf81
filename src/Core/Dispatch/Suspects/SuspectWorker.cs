using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Dispatch.Suspects;

/// <summary>
/// The other end of the pipe: runs, in a process of its own, the handlers it is told to. Nothing of the store is here; inbox and dead letters
/// stay with the agent.
/// </summary>
public sealed class SuspectWorker
{
    /// <summary>What a handler's own threads and callbacks get to show their faults before its return is believed.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromMilliseconds(25);

    private readonly IServiceProvider _services;
    private readonly SuspectEndpoint _endpoint;
    private readonly Stream _output;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private HandlerCatalog _catalog = HandlerCatalog.Empty;

    private SuspectWorker(IServiceProvider services, SuspectEndpoint endpoint, Stream output) => (_services, _endpoint, _output) = (services, endpoint, output);

    /// <summary>Serves requests until the agent closes the pipe or dies. A handler that still runs then is left to the end of the process.</summary>
    /// <param name="services">With the agent and its plugins added; they get the address of Flatfile from the agent.</param>
    /// <param name="input">Requests. The end of it is the end of the agent.</param>
    /// <param name="output">Answers. Nothing else may be written here: point the console elsewhere before.</param>
    public static async Task RunAsync(IServiceCollection services, Stream input, Stream output)
    {
        var endpoint = new SuspectEndpoint();
        services.AddSingleton<IFlatfileEndpoint>(endpoint);
        var provider = services.BuildServiceProvider();
        var worker = new SuspectWorker(provider, endpoint, output);
        AppDomain.CurrentDomain.UnhandledException += (_, _) => worker.Silence();
        worker._catalog = await provider.GetRequiredService<PluginLoader>().LoadAsync(CancellationToken.None).ConfigureAwait(false);
        await worker.SendAsync(new SuspectAnswer { IsReady = true }).ConfigureAwait(false);

        // Read ahead while a handler runs: that is how the end of the agent is seen.
        var next = ReadAsync(input);
        while (await next.ConfigureAwait(false) is { } request)
        {
            next = ReadAsync(input);
            var running = worker.AnswerAsync(request);
            if (await Task.WhenAny(running, next).ConfigureAwait(false) == next && await next.ConfigureAwait(false) is null)
            {
                return;
            }

            if (!await running.ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private static Task<SuspectRequest?> ReadAsync(Stream input) => SuspectWire.ReadAsync(input, SuspectJson.Default.SuspectRequest, CancellationToken.None);

    /// <summary>Returns false when this process is of no more use: a handler in it does not end.</summary>
    private async Task<bool> AnswerAsync(SuspectRequest request)
    {
        _endpoint.Set(request);
        _services.GetRequiredService<IOptions<AgentOptions>>().Value.EnvironmentId = request.EnvironmentId;
        if (_catalog.Find(request.HandlerId) is not { Kind: HandlerKind.Event } binding)
        {
            await SendAsync(new SuspectAnswer { NotRun = $"the other process has no handler '{request.HandlerId}'" }).ConfigureAwait(false);
            return true;
        }

        if (binding.PluginVersion != request.PluginVersion)
        {
            var reason = $"the other process has version {binding.PluginVersion} of plugin {binding.Plugin}, this one {request.PluginVersion}";
            await SendAsync(new SuspectAnswer { NotRun = reason }).ConfigureAwait(false);
            return true;
        }

        using var activity = _services.GetRequiredService<AgentMetrics>().StartActivity("flatfile.event", request.TraceParent);
        try
        {
            await _services.GetRequiredService<HandlerInvoker>().InvokeAsync(
                FlatfileEvent.Parse(request.Event), binding, request.Attempt, request.Timeout, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            await SendAsync(new SuspectAnswer { Fault = SuspectFault.Of(fault) }).ConfigureAwait(false);
            return fault is not StuckHandlerException;
        }

        await Task.Delay(Aftermath).ConfigureAwait(false);
        await SendAsync(new SuspectAnswer()).ConfigureAwait(false);
        return true;
    }

    private async Task SendAsync(SuspectAnswer answer)
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        await SuspectWire.WriteAsync(_output, answer, SuspectJson.Default.SuspectAnswer, CancellationToken.None).ConfigureAwait(false);
        _writing.Release();
    }

    /// <summary>This process is dying: an answer sent from now on would be a lie.</summary>
    private void Silence() => _writing.Wait();

    /// <summary>The Flatfile the agent talks to, as the last request said.</summary>
    private sealed class SuspectEndpoint : IFlatfileEndpoint
    {
        private SuspectRequest? _request;

        public Uri BaseAddress => _request?.Address ?? new Uri("http://localhost");

        public string? Token => _request?.Token;

        public void Set(SuspectRequest request) => _request = request;
    }
}
