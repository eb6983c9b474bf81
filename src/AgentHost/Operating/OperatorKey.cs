using System.Security.Cryptography;
using System.Text;
using Flatfile.Agent.Host.Faults;

namespace Flatfile.Agent.Host.Operating;

/// <summary>The one key that opens the operator's endpoint: the setting <c>Agent:OperatorKey</c>, else one made once in the data folder.</summary>
/// <remarks>No key of Spaces opens it: who may read and write data may not for that reason steer the agent.</remarks>
internal sealed class OperatorKey(IConfiguration configuration, string dataFolder)
{
    public const string Setting = "Agent:OperatorKey";
    private const string Prefix = "op_";
    private const int Shortest = 32;

    private byte[]? _hash;

    /// <summary>Where the key stands; null when the setting holds it.</summary>
    public string? File => Configured(configuration) is null ? FileIn(dataFolder) : null;

    /// <summary>Stands for the key without telling it.</summary>
    public ReadOnlySpan<byte> Fingerprint => Loaded;

    private byte[] Loaded => _hash ?? throw new InvalidOperationException("The operator's key is asked for before it was loaded.");

    public static string FileIn(string dataFolder) => Path.Combine(dataFolder, "operator-key");

    /// <summary>The key for those who call: from the setting or the file; null when there is none yet or this user may not read it.</summary>
    public static string? Read(IConfiguration configuration, string dataFolder)
    {
        try
        {
            return Configured(configuration) ?? System.IO.File.ReadAllText(FileIn(dataFolder)).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Takes the key that is there, or makes one. The folder is held by this process.</summary>
    public void Load()
    {
        var key = Configured(configuration) ?? FromFile() ?? Make();
        if (key.Length < Shortest)
        {
            throw new UserFault(
                $"The operator's key has {key.Length} characters.", $"With fewer than {Shortest} it could be guessed.",
                $"Set {Setting} to a longer random text, or leave it out: one is then made in {FileIn(dataFolder)}.");
        }

        _hash = Hash(key);
    }

    /// <summary>Whether a request brought the key. Takes the same time whatever it brought.</summary>
    public bool Opens(string? authorization)
    {
        const string scheme = "Bearer ";
        var given = authorization is not null && authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? authorization[scheme.Length..].Trim() : string.Empty;
        return CryptographicOperations.FixedTimeEquals(Hash(given), Loaded);
    }

    private static string? Configured(IConfiguration configuration) => configuration[Setting] is { Length: > 0 } key ? key : null;

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private string? FromFile()
    {
        var file = FileIn(dataFolder);
        if (!System.IO.File.Exists(file))
        {
            return null;
        }

        const UnixFileMode others =
            UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        return !OperatingSystem.IsWindows() && (System.IO.File.GetUnixFileMode(file) & others) != 0
            ? throw new UserFault(
                $"Others than its owner may read or write {file}.", "Whoever has the operator's key steers the agent.",
                "Delete the file, so that a new key is made at the next start; or, when nobody saw it, give it to its owner alone with chmod 600.")
            : System.IO.File.ReadAllText(file).Trim();
    }

    /// <summary>Written aside first: a key cut short by a crash would stay for ever.</summary>
    private string Make()
    {
        var key = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var file = FileIn(dataFolder);
        var settings = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        System.IO.File.Delete(file + ".new");
        using (var stream = new FileStream(file + ".new", settings))
        {
            stream.Write(Encoding.UTF8.GetBytes(key + "\n"));
            stream.Flush(flushToDisk: true);
        }

        System.IO.File.Move(file + ".new", file);
        return key;
    }
}
