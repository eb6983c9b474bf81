using System.Globalization;
using System.Net.Sockets;
using Contracts.Support;

namespace Contracts.Services;

/// <summary>A RabbitMQ broker of its own on the loopback: own ports, data, node name, cookie and port mapper; never the system's service.</summary>
/// <remarks>Tests share one and keep apart by names, as a start takes some seconds. Guest may log in over the loopback; no management plugin.</remarks>
public sealed class RabbitMqBroker : IAsyncDisposable
{
    private const string Started = "Server startup complete";
    private const int Starts = 3;

    private static readonly string? Program = InstalledProgram.Find("rabbitmq-server", "/usr/lib/rabbitmq/bin", "/usr/lib/rabbitmq/sbin", "/opt/homebrew/sbin", "/usr/local/sbin");
    private static readonly string? PortMapper = InstalledProgram.Find("epmd", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/usr/lib/erlang/bin");

    private readonly TestFolder _folder = new();
    private readonly string _node = "flatfile" + Guid.NewGuid().ToString("N")[..8] + "@localhost";
    private int _mapperPort;
    private int _distributionPort;
    private GuardedProcess? _mapper;
    private GuardedProcess? _server;

    private RabbitMqBroker(TimeSpan? consumerTimeout)
    {
        var cookie = Path.Combine(_folder.Path, ".erlang.cookie");
        File.WriteAllText(cookie, Guid.NewGuid().ToString("N"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(cookie, UnixFileMode.UserRead);
        }

        File.WriteAllText(InFolder("plugins"), "[rabbitmq_consistent_hash_exchange].");
        File.WriteAllText(InFolder("environment"), string.Empty);
        // The broker looks at the age of deliveries once in each tick.
        File.WriteAllText(
            InFolder("rabbitmq.config"),
            consumerTimeout is { } limit
                ? string.Create(CultureInfo.InvariantCulture, $"[{{rabbit, [{{consumer_timeout, {limit.TotalMilliseconds:0}}}, {{channel_tick_interval, {limit.TotalMilliseconds / 2:0}}}]}}].")
                : "[].");
    }

    /// <summary>Null when a broker can be started, else a sentence saying what is missing.</summary>
    public static string? Missing =>
        Program is null || PortMapper is null ? "rabbitmq-server is not installed here: install it (Debian: apt-get install rabbitmq-server) to run these tests." : null;

    public int Port { get; private set; }

    public Uri AmqpUri => UriAt(Port);

    /// <summary>The address of the broker through a proxy on another port.</summary>
    public static Uri UriAt(int port) => new(string.Create(CultureInfo.InvariantCulture, $"amqp://guest:guest@127.0.0.1:{port}/"));

    /// <summary>Starts a fresh broker.</summary>
    /// <param name="consumerTimeout">How long a delivery may stay unsettled; null for the broker's own 30 minutes.</param>
    public static async Task<RabbitMqBroker> StartAsync(TimeSpan? consumerTimeout = null)
    {
        if (Missing is { } missing)
        {
            throw new InvalidOperationException(missing);
        }

        var broker = new RabbitMqBroker(consumerTimeout);
        try
        {
            for (var start = 1; !await broker.TryStartAsync(); start++)
            {
                if (start == Starts)
                {
                    throw new InvalidOperationException("rabbitmq-server ended while it started. It said: " + broker.Said());
                }
            }

            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the broker as a power cut would.</summary>
    public Task KillAsync() => _server!.KillAsync();

    /// <summary>Ends the broker as an operator would.</summary>
    public Task StopAsync() => _server!.StopAsync();

    /// <summary>Starts it again on the same port and data.</summary>
    public async Task StartAgainAsync()
    {
        if (!await LaunchAsync())
        {
            throw new InvalidOperationException("rabbitmq-server did not start again. It said: " + Said());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _folder.Dispose();
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>False when a port was taken meanwhile: the next try takes others.</summary>
    private async Task<bool> TryStartAsync()
    {
        await EndAsync();
        Port = LoopbackPort.Free();
        _distributionPort = LoopbackPort.Free();
        _mapperPort = LoopbackPort.Free();
        _mapper = GuardedProcess.Start(
            PortMapper!, ["-port", Text(_mapperPort), "-address", "127.0.0.1"], new Dictionary<string, string> { ["PATH"] = SearchPath }, InFolder("epmd.out"));
        return await LaunchAsync();
    }

    private async Task<bool> LaunchAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        File.Delete(InFolder("server.out"));
        _server = GuardedProcess.Start(Program!, [], Environment(), InFolder("server.out"));
        await Signal.UntilAsync(
            async () => _server.HasExited || (Said().Contains(Started, StringComparison.Ordinal) && await AnswersAsync(Port)),
            "the broker to start", TimeSpan.FromSeconds(90));
        return !_server.HasExited;
    }

    private async Task EndAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
            _server = null;
        }

        if (_mapper is not null)
        {
            await _mapper.DisposeAsync();
            _mapper = null;
        }
    }

    private static string SearchPath => System.Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin";

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private Dictionary<string, string> Environment() => new()
    {
        ["PATH"] = SearchPath,
        ["HOME"] = _folder.Path,
        ["ERL_EPMD_PORT"] = Text(_mapperPort),
        ["RABBITMQ_CONF_ENV_FILE"] = InFolder("environment"),
        ["RABBITMQ_NODENAME"] = _node,
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = Text(Port),
        ["RABBITMQ_DIST_PORT"] = Text(_distributionPort),
        ["RABBITMQ_MNESIA_BASE"] = InFolder("data"),
        ["RABBITMQ_LOG_BASE"] = InFolder("log"),
        ["RABBITMQ_LOGS"] = "-",
        ["RABBITMQ_CONFIG_FILE"] = InFolder("rabbitmq.config"),
        ["RABBITMQ_GENERATED_CONFIG_DIR"] = InFolder("generated"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = InFolder("plugins"),
        ["RABBITMQ_PID_FILE"] = InFolder("pid"),
        // Distribution on the loopback only; schedulers that do not spin while idle leave the machine to the tests.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none",
        // The script becomes the server instead of watching over it: a kill reaches the server itself.
        ["RUNNING_UNDER_SYSTEMD"] = "true",
    };

    private string InFolder(string name) => Path.Combine(_folder.Path, name);

    private string Said()
    {
        try
        {
            using var file = new FileStream(InFolder("server.out"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd();
        }
        catch (FileNotFoundException)
        {
            return string.Empty;
        }
    }
}
