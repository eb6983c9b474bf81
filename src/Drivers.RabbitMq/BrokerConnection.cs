using System.Net.Security;
using RabbitMQ.Client;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>One connection to the broker, opened when it is needed and opened anew when it was lost.</summary>
/// <remarks>The client's own recovery is off: it would give channels that look alive but no longer know the deliveries they brought.</remarks>
internal sealed class BrokerConnection(RabbitMqOptions options, string purpose) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private IConnection? _connection;

    /// <summary>Called with each new connection before it is given out.</summary>
    public Func<IConnection, CancellationToken, Task>? Prepare { get; init; }

    /// <summary>The open connection. Throws when the broker cannot be reached.</summary>
    public async Task<IConnection> GetAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _connection) is { IsOpen: true } ready)
        {
            return ready;
        }

        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_connection is { IsOpen: true } open)
            {
                return open;
            }

            await DropAsync().ConfigureAwait(false);
            var connection = await Factory().CreateConnectionAsync($"flatfile-agent {purpose}", cancellationToken).ConfigureAwait(false);
            try
            {
                if (Prepare is not null)
                {
                    await Prepare(connection, cancellationToken).ConfigureAwait(false);
                }
            }
            catch
            {
                await EndAsync(connection).ConfigureAwait(false);
                throw;
            }

            Volatile.Write(ref _connection, connection);
            return connection;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Closes it; the next use opens a new one.</summary>
    public async Task CloseAsync()
    {
        await _opening.WaitAsync().ConfigureAwait(false);
        try
        {
            await DropAsync().ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        _opening.Dispose();
    }

    private async Task DropAsync()
    {
        if (_connection is { } dead)
        {
            _connection = null;
            await EndAsync(dead).ConfigureAwait(false);
        }
    }

    /// <summary>Closes it also when it was lost: the client may still be busy with the end of it, and disposing it then would fail where nobody sees it.</summary>
    private async Task EndAsync(IConnection connection)
    {
        await connection.CloseAsync(200, "The agent is done", options.Timeout, abort: true).ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private ConnectionFactory Factory()
    {
        var factory = new ConnectionFactory
        {
            Uri = new Uri(options.Uri),
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = options.Heartbeat,
            RequestedConnectionTimeout = options.Timeout,
            ContinuationTimeout = options.Timeout,
            HandshakeContinuationTimeout = options.Timeout,
        };
        if (!string.IsNullOrEmpty(options.UserName))
        {
            factory.UserName = options.UserName;
            factory.Password = options.Password ?? string.Empty;
        }

        // TLS checks the broker's certificate against its name, always.
        factory.Ssl.AcceptablePolicyErrors = SslPolicyErrors.None;
        return factory;
    }
}
