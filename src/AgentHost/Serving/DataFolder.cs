using System.Text.Json;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Output;

namespace Flatfile.Agent.Host.Serving;

/// <summary>A data folder held by this process alone. The lock is the operating system's: it ends with the process, however that ends.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = "agent.lock";
    private const string AddressName = "server.json";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    /// <summary>Takes the folder, making it when it is new.</summary>
    /// <exception cref="UserFault">It cannot be written to, or another process holds it.</exception>
    public static DataFolder Take(string path) => TryTake(path) ?? throw InUse(path);

    /// <summary>Takes the folder, or answers null when another process holds it.</summary>
    public static DataFolder? TryTake(string path)
    {
        var name = System.IO.Path.Combine(path, LockName);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                // Other people's data: for the owner only, unless the owner made the folder otherwise.
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return new DataFolder(path, new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or DirectoryNotFoundException or NotSupportedException
            || (fault is IOException && !File.Exists(name)))
        {
            throw new UserFault(
                $"The data folder {path} cannot be written to.",
                fault.Message,
                "Give this user the right to write there, or choose another folder with --data DIR.",
                inner: fault);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The address of the process that serves the folder now, or null when none says so.</summary>
    public static ServerAddress? ReadAddress(string path)
    {
        try
        {
            using var file = File.OpenRead(System.IO.Path.Combine(path, AddressName));
            return JsonSerializer.Deserialize(file, HostJson.Default.ServerAddress);
        }
        catch (Exception fault) when (fault is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void WriteAddress(string url, bool hasSpaces)
    {
        var name = System.IO.Path.Combine(Path, AddressName);
        File.WriteAllBytes(name + ".new", JsonSerializer.SerializeToUtf8Bytes(new ServerAddress(url, Environment.ProcessId, hasSpaces), HostJson.Default.ServerAddress));
        File.Move(name + ".new", name, overwrite: true);
    }

    public void Dispose()
    {
        File.Delete(System.IO.Path.Combine(Path, AddressName));
        _lock.Dispose();
    }

    public static UserFault InUse(string path)
    {
        var other = ReadAddress(path);
        return new UserFault(
            $"The data folder {path} is in use by another process{(other is null ? "" : $" ({other.Pid}, {other.Url})")}.",
            "One process owns a data folder: two would write over each other.",
            "Stop the other one, or choose another folder with --data DIR.");
    }
}
