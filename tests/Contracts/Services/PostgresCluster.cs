using System.Diagnostics;
using System.Globalization;
using Contracts.Support;
using Npgsql;

namespace Contracts.Services;

/// <summary>A PostgreSQL server of its own on the loopback: own port, data folder and password; never the system's service.</summary>
/// <remarks>PostgreSQL refuses to run as root, so it is then run as the user its package made, or as nobody.</remarks>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string User = "agent";

    private static readonly string? Programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(f => int.TryParse(Path.GetFileName(f), out var v) ? v : 0).Select(f => Path.Combine(f, "bin")).FirstOrDefault(f => File.Exists(Path.Combine(f, "initdb")))
        : Path.GetDirectoryName(InstalledProgram.Find("initdb", "/opt/homebrew/bin", "/usr/local/bin"));

    private readonly TestFolder _folder = new();
    private readonly string _password = Guid.NewGuid().ToString("N");
    private readonly string? _account = Environment.IsPrivilegedProcess ? (Users().Contains("postgres") ? "postgres" : "nobody") : null;
    private GuardedProcess? _server;
    private int _databases;

    private PostgresCluster()
    {
    }

    /// <summary>Null when a server can be started, else a sentence saying what is missing.</summary>
    public static string? Missing =>
        Programs is null ? "PostgreSQL's programs are not installed here: install them (Debian: apt-get install postgresql) to run these tests." : null;

    public int Port { get; private set; }

    private string Data => Path.Combine(_folder.Path, "data");

    private string Output => Path.Combine(_folder.Path, "server.out");

    /// <summary>Makes and starts a fresh server. Settings are lines of <c>postgresql.conf</c>.</summary>
    public static async Task<PostgresCluster> StartAsync(params IReadOnlyList<string> settings)
    {
        if (Missing is { } missing)
        {
            throw new InvalidOperationException(missing);
        }

        var cluster = new PostgresCluster();
        try
        {
            await cluster.MakeAsync(settings);
            await cluster.StartAgainAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The address of a database; through a proxy when its port is given.</summary>
    public string ConnectionString(string database, int? port = null) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port ?? Port};Database={database};Username={User};Password={_password};SSL Mode=Disable");

    /// <summary>Makes an empty database and returns its name.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await RunAsync("postgres", $"CREATE DATABASE {name}");
        return name;
    }

    /// <summary>Runs one statement as the server's owner.</summary>
    public async Task<object?> RunAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Ends the server without a farewell, as <c>pg_ctl stop -m immediate</c> does.</summary>
    public async Task StopAsync()
    {
        await ToolAsync("pg_ctl", "stop", "-m", "immediate", "-D", Data);
        await _server!.DisposeAsync();
        _server = null;
    }

    /// <summary>Starts it on the same port and data; returns when it answers.</summary>
    public async Task StartAgainAsync()
    {
        var (program, arguments) = As("postgres", "-D", Data);
        _server = GuardedProcess.Start(program, arguments, Surroundings(), Output);
        await Signal.UntilAsync(
            async () =>
            {
                if (_server.HasExited)
                {
                    throw new InvalidOperationException("postgres did not start. It said: " + await File.ReadAllTextAsync(Output));
                }

                try
                {
                    await RunAsync("postgres", "SELECT 1");
                    return true;
                }
                catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
                {
                    return false;
                }
            },
            "PostgreSQL to answer");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await StopAsync();
        }

        _folder.Dispose();
    }

    private static IEnumerable<string> Users() => File.Exists("/etc/passwd") ? File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]) : [];

    private static Dictionary<string, string> Surroundings() => new()
    {
        ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
        ["LC_ALL"] = "C.UTF-8",
        ["TZ"] = "UTC",
    };

    private async Task MakeAsync(IReadOnlyList<string> settings)
    {
        var password = Path.Combine(_folder.Path, "password");
        await File.WriteAllTextAsync(password, _password);
        if (_account is not null)
        {
            await RunAsync("/bin/chown", ["-R", _account, _folder.Path]);
        }

        await ToolAsync("initdb", "-D", Data, "-U", User, "--pwfile", password, "--auth", "scram-sha-256", "--encoding", "UTF8", "--no-sync", "--locale", "C.UTF-8");
        Port = LoopbackPort.Free();
        await File.AppendAllLinesAsync(Path.Combine(Data, "postgresql.conf"),
        [
            "listen_addresses = '127.0.0.1'",
            string.Create(CultureInfo.InvariantCulture, $"port = {Port}"),
            $"unix_socket_directories = '{_folder.Path}'",
            "shared_buffers = 32MB",
            "max_connections = 60",

            // A killed process loses nothing by this; only a power cut would.
            "fsync = off",
            .. settings,
        ]);
    }

    private Task ToolAsync(string tool, params string[] arguments)
    {
        var (program, all) = As(tool, arguments);
        return RunAsync(program, all);
    }

    private (string Program, string[] Arguments) As(string tool, params string[] arguments)
    {
        var path = Path.Combine(Programs!, tool);
        return _account is null ? (path, arguments) : ("setpriv", ["--reuid", _account, "--regid", _account == "nobody" ? "nogroup" : _account, "--clear-groups", "--", path, .. arguments]);
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in Surroundings())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {process.ExitCode}: {string.Concat(said)}");
        }
    }
}
