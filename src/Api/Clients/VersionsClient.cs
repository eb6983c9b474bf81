namespace Flatfile.Api;

/// <summary>Commit ids by their older name.</summary>
public sealed class VersionsClient
{
    private readonly ApiConnection _connection;

    internal VersionsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Reserves an id that no other change gets.</summary>
    public Task<RecordVersion> CreateIdAsync(VersionConfig config, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"versions"), JsonBody.Of(config, FlatfileJson.Default.VersionConfig)), AnswerJson.Default.EnvelopeRecordVersion, cancellationToken);
}
