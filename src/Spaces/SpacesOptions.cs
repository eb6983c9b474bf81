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

    /// <summary>The origins of pages that may call the API, such as <c>https://portal.example.com</c>; <c>*</c> for any, none for none.</summary>
    public IList<string> AllowedOrigins { get; } = ["*"];

    /// <summary>
    /// The development key opens everything and lies in a file. A server that listens beyond this machine refuses it unless this is true.
    /// </summary>
    public bool AllowDevelopmentKeyBeyondLoopback { get; set; }

    /// <summary>Whether a user or guest stays out when an access handler throws or takes too long.</summary>
    public bool AccessFailsClosed { get; set; } = true;

    /// <summary>How long all access handlers together may take.</summary>
    public TimeSpan AccessHandlerTime { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a decision on a caller and a space holds; <c>space:accessed</c> is raised once in this time.</summary>
    public TimeSpan AccessPeriod { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the token of a user or key from <c>POST /auth</c> is good.</summary>
    public TimeSpan AccessTokenLife { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long a guest's token is good.</summary>
    public TimeSpan GuestTokenLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the <c>accessToken</c> in a space's answer is good.</summary>
    public TimeSpan SpaceTokenLife { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long tokens can be renewed before one has to sign in again.</summary>
    public TimeSpan LongestSession { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long an invitation or magic link is good.</summary>
    public TimeSpan InvitationLife { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a shared link is good that stands in a space's answer.</summary>
    public TimeSpan SharedLinkLife { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long guests stay who came by a shared link or were created as temporary.</summary>
    public TimeSpan TemporaryGuestLife { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How many calls without credentials (sign-in, invitations, embedding) one address may make in a minute.</summary>
    public int PublicCallsPerMinute { get; set; } = 600;

    /// <summary>How many failed sign-ins one address may make for one name in a minute.</summary>
    public int FailedSignInsPerMinute { get; set; } = 10;

    /// <summary>How many spaces' databases stay open.</summary>
    public int MaxOpenSpaces { get; set; } = 64;

    /// <summary>In how many spaces at once the server runs jobs of its own, such as deleting records.</summary>
    public int SystemJobsAtOnce { get; set; } = 4;

    /// <summary>Events older than this are removed from the log; null keeps them all. Those a reader in the same process still needs stay.</summary>
    public TimeSpan? EventRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Whether the topics of the clock are raised, <c>cron:5-minutes</c> and its kind.</summary>
    public bool CronTopics { get; set; }

    /// <summary>How often a stream of events says that it is still there.</summary>
    public TimeSpan EventHeartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a subscription in the PubNub dialect is held without events; its client gives up after 30 seconds.</summary>
    public TimeSpan LongPoll { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How long a token for following one channel of events is good.</summary>
    public TimeSpan ChannelTokenLife { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>How long answers to requests with an <c>Idempotency-Key</c> are kept.</summary>
    public TimeSpan IdempotencyWindow { get; set; } = TimeSpan.FromDays(7);
}
