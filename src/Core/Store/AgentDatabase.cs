using Flatfile.Agent.Core.Startup;
using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;

namespace Flatfile.Agent.Core.Store;

/// <summary>The file <c>agent.db</c>: everything the agent must still know after it died.</summary>
internal sealed class AgentDatabase(string folder) : IAsyncDisposable
{
    private FileStream? _lock;
    private SqliteFile? _file;
    private GroupCommit? _commits;

    /// <summary>Told before a write (false) and after its commit (true); tests let the process die there.</summary>
    public Action<string, bool>? Probe { get; set; }

    /// <summary>Opens the file, made when missing. One process at a time: what ran under another owner is then known to be orphaned.</summary>
    /// <exception cref="AgentStartException">The folder cannot be used.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_commits is not null)
        {
            return;
        }

        _lock = Lock(folder);
        _file = new SqliteFile(Path.Combine(folder, "agent.db"));
        await _file.WriteAsync(AgentSchema.Apply, cancellationToken).ConfigureAwait(false);
        _commits = new GroupCommit(_file);
    }

    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken) => Opened(_file).ReadAsync(read, cancellationToken);

    /// <summary>Durable when it returns. The name says what is written, for faults and tests.</summary>
    public async Task<T> WriteAsync<T>(string name, Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        Probe?.Invoke(name, false);
        var result = await Opened(_commits).RunAsync(write, cancellationToken).ConfigureAwait(false);
        Probe?.Invoke(name, true);
        return result;
    }

    /// <summary>Durable when it returns.</summary>
    public Task WriteAsync(string name, Action<SqliteConnection> write, CancellationToken cancellationToken) =>
        WriteAsync(name, connection =>
        {
            write(connection);
            return true;
        }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_commits is not null)
        {
            await _commits.DisposeAsync().ConfigureAwait(false);
        }

        if (_file is not null)
        {
            await _file.DisposeAsync().ConfigureAwait(false);
        }

        if (_lock is not null)
        {
            await _lock.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static T Opened<T>(T? part) where T : class =>
        part ?? throw new InvalidOperationException("The agent's store is used before it was opened; the agent opens it when the host starts.");

    private static FileStream Lock(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(Path.Combine(folder, "agent.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new AgentStartException([
                $"The data folder '{folder}' cannot be used: {fault.Message} Stop the other agent that uses it, or set Agent:DataFolder to a folder of its own that this process may write."]);
        }
    }
}
