namespace Flatfile.Spaces;

/// <summary>Settings of the local Flatfile.</summary>
public sealed class SpacesOptions
{
    /// <summary>Everything Spaces keeps is below this folder. It is created when missing.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>The largest body of a request, as sent and as unpacked. File uploads have <see cref="MaxFileBytes"/>.</summary>
    public long MaxBodyBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The largest uploaded file.</summary>
    public long MaxFileBytes { get; set; } = 10L * 1024 * 1024 * 1024;

    /// <summary>The largest archive of a space that is taken in, as it is sent.</summary>
    public long MaxImportBytes { get; set; } = 20L * 1024 * 1024 * 1024;

    /// <summary>The largest space that is taken in, as it is unpacked.</summary>
    public long MaxImportUnpackedBytes { get; set; } = 100L * 1024 * 1024 * 1024;

    /// <summary>The most bytes a space may take, database and files together, unless its own <c>limits</c> say otherwise. Null: no limit.</summary>
    public long? MaxSpaceStorageBytes { get; set; }

    /// <summary>The most records of a space. Null: no limit.</summary>
    public long? MaxSpaceRecords { get; set; }

    /// <summary>The most files of a space. Null: no limit.</summary>
    public long? MaxSpaceFiles { get; set; }

    /// <summary>The most sheets of a space. Null: no limit.</summary>
    public long? MaxSpaceSheets { get; set; }

    /// <summary>What links in answers begin with, such as a space's <c>guestLink</c>.</summary>
    public Uri BaseUrl { get; set; } = new("http://localhost:5080");

    /// <summary>
    /// The development key opens everything and lies in a file. A server that listens beyond this machine refuses it unless this is true.
    /// </summary>
    public bool AllowDevelopmentKeyBeyondLoopback { get; set; }

    /// <summary>How many spaces' databases stay open.</summary>
    public int MaxOpenSpaces { get; set; } = 64;

    /// <summary>In how many spaces at once the server runs jobs of its own, such as deleting records.</summary>
    public int SystemJobsAtOnce { get; set; } = 4;

    /// <summary>Events older than this are removed from the log; null keeps them all. Those a reader in the same process still needs stay.</summary>
    public TimeSpan? EventRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often a stream of events says that it is still there.</summary>
    public TimeSpan EventHeartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a subscription in the PubNub dialect is held without events; its client gives up after 30 seconds.</summary>
    public TimeSpan LongPoll { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How long a token for following one channel of events is good.</summary>
    public TimeSpan ChannelTokenLife { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>How long answers to requests with an <c>Idempotency-Key</c> are kept.</summary>
    public TimeSpan IdempotencyWindow { get; set; } = TimeSpan.FromDays(7);
}
