using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Npgsql;

namespace Flatfile.Agent.Store.PostgreSql;

/// <summary>The settings of the store in PostgreSQL, and what is wrong with them. No password leaves it but to the server.</summary>
internal sealed partial class PostgresSettings
{
    private const string Example = "Host=db.example.com;Database=agent;Username=agent;Password=...";

    private readonly StoreOptions _options;
    private readonly NpgsqlConnectionStringBuilder? _written;

    public PostgresSettings(StoreOptions options)
    {
        _options = options;
        try
        {
            _written = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        }
        catch (ArgumentException)
        {
            // Its message may hold a piece of the password.
        }
    }

    public string Schema => _options.Schema;

    public TimeSpan Patience => _options.Patience;

    /// <summary>Which database, for people.</summary>
    public string Place => _written is null
        ? "the database of Agent:Store:ConnectionString"
        : string.Create(CultureInfo.InvariantCulture, $"database '{_written.Database ?? _written.Username}' on {_written.Host}:{_written.Port} as '{_written.Username}'");

    /// <summary>True when what goes over the network to the database may be read there.</summary>
    public bool IsOpenToReaders => _written is { SslMode: SslMode.Disable or SslMode.Allow or SslMode.Prefer } && !IsLocal(_written.Host);

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(_options.ConnectionString))
        {
            yield return $"Agent:Store:ConnectionString is not set, and the store of kind PostgreSql is reached by it. Set it to one such as {Example}.";
        }
        else if (_written is null)
        {
            yield return $"Agent:Store:ConnectionString is no connection string. Write it as {Example}; a value with ; or = in it stands in quotes.";
        }
        else if (string.IsNullOrWhiteSpace(_written.Host))
        {
            yield return $"Agent:Store:ConnectionString names no Host. Write it as {Example}.";
        }
        else if (string.IsNullOrWhiteSpace(_written.Username))
        {
            yield return $"Agent:Store:ConnectionString names no Username, and the agent does not take the operating system's. Write it as {Example}.";
        }
        else if (string.IsNullOrEmpty(_written.Password) && string.IsNullOrEmpty(_written.Passfile) && string.IsNullOrEmpty(_written.SslCertificate) && !IsLocal(_written.Host))
        {
            yield return $"Agent:Store:ConnectionString has neither Password, Passfile nor SSL Certificate for '{_written.Host}'. Write it as {Example}.";
        }

        if (!SchemaName().IsMatch(_options.Schema))
        {
            yield return $"Agent:Store:Schema is '{_options.Schema}'. Use small letters, digits and _, beginning with a letter, at most 48 of them.";
        }
    }

    /// <summary>The pool of reads and writes.</summary>
    public NpgsqlDataSource Source(int connections)
    {
        var settings = Common("flatfile-agent", timeout: 5, commandTimeout: 15);
        settings.Pooling = true;
        settings.MinPoolSize = 0;
        settings.MaxPoolSize = connections;
        settings.NoResetOnClose = true;
        settings.MaxAutoPrepare = 100;
        settings.AutoPrepareMinUsages = 2;
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UsePhysicalConnectionInitializer(Prepare, PrepareAsync);
        return builder.Build();
    }

    /// <summary>A connection by itself, for the heartbeat and for looking.</summary>
    public NpgsqlConnection Single(string name, int timeout)
    {
        var settings = Common(name, timeout, timeout);
        settings.Pooling = false;
        return new NpgsqlConnection(settings.ConnectionString);
    }

    private NpgsqlConnectionStringBuilder Common(string name, int timeout, int commandTimeout)
    {
        var settings = new NpgsqlConnectionStringBuilder(_written!.ConnectionString) { SearchPath = _options.Schema, Enlist = false, ApplicationName = name };
        settings.Options = PostgresSession.Options(settings.Options);
        Default(settings, "Timeout", timeout);
        Default(settings, "Command Timeout", commandTimeout);
        Default(settings, "Tcp Keepalive", true);
        return settings;
    }

    /// <summary>An acknowledged commit must survive a power cut; a stronger setting of the server stays.</summary>
    private const string Session = "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local')";

    private static void Prepare(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Session, connection);
        command.ExecuteNonQuery();
    }

    private static async Task PrepareAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Session, connection);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    private static void Default(NpgsqlConnectionStringBuilder settings, string keyword, object value)
    {
        if (!settings.ShouldSerialize(keyword))
        {
            settings[keyword] = value;
        }
    }

    private static bool IsLocal(string? host) =>
        host is null or "localhost" || host.StartsWith('/') || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    [GeneratedRegex("^[a-z][a-z0-9_]{0,47}$")]
    private static partial Regex SchemaName();
}
