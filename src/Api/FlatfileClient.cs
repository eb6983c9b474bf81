using System.Net;
using System.Text.Json;

namespace Flatfile.Api;

/// <summary>The typed client of a Flatfile API, the cloud's or that of Spaces. Thread-safe; keep one per server and key.</summary>
/// <remarks>
/// Answers come without their <c>data</c> envelope, lists as streams over all pages. Every call that fails throws
/// <see cref="FlatfileApiException"/>; calls that can be repeated without harm are repeated first.
/// </remarks>
public sealed class FlatfileClient : IDisposable
{
    private readonly ApiConnection _connection;

    /// <summary>With a handler of its own: no redirects, no cookies, decompression.</summary>
    public FlatfileClient(FlatfileClientOptions options)
        : this(options, OwnHandler(), addTrace: false)
    {
    }

    /// <summary>Over a handler the caller keeps, such as that of an in-process server.</summary>
    public FlatfileClient(FlatfileClientOptions options, HttpMessageHandler handler)
        : this(options, handler, addTrace: true)
    {
    }

    private FlatfileClient(FlatfileClientOptions options, HttpMessageHandler handler, bool addTrace)
    {
        // The limit is set per attempt; the client's own would cut long transfers.
        var http = new HttpClient(handler, disposeHandler: !addTrace) { Timeout = Timeout.InfiniteTimeSpan };
        _connection = new ApiConnection(http, options, addTrace);
        Spaces = new SpacesClient(_connection);
        Workbooks = new WorkbooksClient(_connection);
        Sheets = new SheetsClient(_connection);
        Records = new RecordsClient(_connection);
        Files = new FilesClient(_connection);
        Documents = new DocumentsClient(_connection);
        Jobs = new JobsClient(_connection);
        Commits = new CommitsClient(_connection);
        Events = new EventsClient(_connection);
        Environments = new EnvironmentsClient(_connection);
        Secrets = new SecretsClient(_connection);
        Accounts = new AccountsClient(_connection);
        Auth = new AuthClient(_connection);
        Users = new UsersClient(_connection);
        Guests = new GuestsClient(_connection);
        Roles = new RolesClient(_connection);
        Actions = new ActionsClient(_connection);
        Agents = new AgentsClient(_connection);
        Apps = new AppsClient(_connection);
        Entitlements = new EntitlementsClient(_connection);
        Snapshots = new SnapshotsClient(_connection);
        Views = new ViewsClient(_connection);
        Versions = new VersionsClient(_connection);
        Mapping = new MappingClient(_connection);
        DataRetentionPolicies = new DataRetentionPoliciesClient(_connection);
    }

    public SpacesClient Spaces { get; }

    public WorkbooksClient Workbooks { get; }

    public SheetsClient Sheets { get; }

    public RecordsClient Records { get; }

    public FilesClient Files { get; }

    public DocumentsClient Documents { get; }

    public JobsClient Jobs { get; }

    public CommitsClient Commits { get; }

    public EventsClient Events { get; }

    public EnvironmentsClient Environments { get; }

    public SecretsClient Secrets { get; }

    public AccountsClient Accounts { get; }

    public AuthClient Auth { get; }

    public UsersClient Users { get; }

    public GuestsClient Guests { get; }

    public RolesClient Roles { get; }

    public ActionsClient Actions { get; }

    public AgentsClient Agents { get; }

    public AppsClient Apps { get; }

    public EntitlementsClient Entitlements { get; }

    public DataRetentionPoliciesClient DataRetentionPolicies { get; }

    public SnapshotsClient Snapshots { get; }

    public ViewsClient Views { get; }

    public VersionsClient Versions { get; }

    public MappingClient Mapping { get; }

    /// <summary>Where calls go; ends in <c>/v1/</c>.</summary>
    public Uri BaseAddress => _connection.Address.Api;

    /// <summary>The time by the server's own clock, to the second, as it dates its answers; null when it does not.</summary>
    public Task<DateTimeOffset?> GetServerTimeAsync(CancellationToken cancellationToken = default) =>
        _connection.TimeAsync(ApiRequest.Get(_connection.At($"spaces{new ApiQuery().Add("pageSize", 1)}")), cancellationToken);

    /// <summary>Reads an event's <c>dataUrl</c> and unwraps <c>data</c>. Only a path below <c>v1/</c> is followed.</summary>
    /// <param name="relative">Such as <c>v1/sheets/us_sh_1/records?commitId=us_vr_1</c>.</param>
    /// <param name="query">Further parameters, such as the page.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="ForeignAddressException">The address leads elsewhere; nothing was sent.</exception>
    public async Task<JsonElement> GetRelativeAsync(
        string relative, IEnumerable<KeyValuePair<string, string>>? query = null, CancellationToken cancellationToken = default)
    {
        return Unwrap(await _connection.SendForJsonAsync(ApiRequest.Get(Relative(relative, query)), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Opens an answer that is read as it comes, such as <c>v1/events/stream</c>. Only a path below <c>v1/</c> is followed. The stream owns the answer.</summary>
    /// <exception cref="ForeignAddressException">The address leads elsewhere; nothing was sent.</exception>
    public Task<Stream> OpenRelativeAsync(
        string relative, IEnumerable<KeyValuePair<string, string>>? query = null, CancellationToken cancellationToken = default) =>
        _connection.SendForStreamAsync(ApiRequest.Get(Relative(relative, query)), cancellationToken);

    /// <summary>Writes to an event's <c>dataUrl</c>, compressed, and unwraps <c>data</c> of the answer. Only a path below <c>v1/</c> is followed.</summary>
    /// <exception cref="ForeignAddressException">The address leads elsewhere; nothing was sent.</exception>
    public async Task<JsonElement> PutRelativeAsync(
        string relative, Action<Utf8JsonWriter> writeBody, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var address = _connection.Address.OfRelative(relative);
        var request = ApiRequest.Put(address, limit => new RowsContent([writeBody], _connection.CompressesRows, limit), options);
        return Unwrap(await _connection.SendForJsonAsync(request, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Posts without body, for instance to an event's <c>callbackUrl</c>. Only a path below <c>v1/</c> is followed.</summary>
    /// <exception cref="ForeignAddressException">The address leads elsewhere; nothing was sent.</exception>
    public async Task<JsonElement> PostRelativeAsync(string relative, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = ApiRequest.Post(_connection.Address.OfRelative(relative), options: options);
        return Unwrap(await _connection.SendForJsonAsync(request, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc />
    public void Dispose() => _connection.Dispose();

    private Uri Relative(string relative, IEnumerable<KeyValuePair<string, string>>? query)
    {
        var address = _connection.Address.OfRelative(relative);
        var more = new ApiQuery();
        foreach (var (name, value) in query ?? [])
        {
            more.Add(name, value);
        }

        return more.ToString() is { Length: > 0 } text
            ? new Uri(address.AbsoluteUri + (address.Query.Length > 0 ? "&" + text[1..] : text))
            : address;
    }

    private static JsonElement Unwrap(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("data", out var data) ? data : answer;

    private static SocketsHttpHandler OwnHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
