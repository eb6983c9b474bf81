namespace Flatfile.Api;

/// <summary>How long spaces keep their data.</summary>
public sealed class DataRetentionPoliciesClient
{
    private readonly ApiConnection _connection;

    internal DataRetentionPoliciesClient(ApiConnection connection) => _connection = connection;

    /// <summary>Creates a policy.</summary>
    public Task<DataRetentionPolicy> CreateAsync(DataRetentionPolicyConfig config, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"data-retention-policies"), JsonBody.Of(config, FlatfileJson.Default.DataRetentionPolicyConfig)), AnswerJson.Default.EnvelopeDataRetentionPolicy, cancellationToken);

    /// <summary>Reads one.</summary>
    public Task<DataRetentionPolicy> GetAsync(string policyId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"data-retention-policies/{policyId}")), AnswerJson.Default.EnvelopeDataRetentionPolicy, cancellationToken);

    /// <summary>Changes the members that are set.</summary>
    public Task<DataRetentionPolicy> UpdateAsync(string policyId, DataRetentionPolicyUpdate update, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Patch(_connection.At($"data-retention-policies/{policyId}"), JsonBody.Of(update, FlatfileJson.Default.DataRetentionPolicyUpdate)), AnswerJson.Default.EnvelopeDataRetentionPolicy, cancellationToken);

    /// <summary>Those of an environment; by default the key's.</summary>
    public IAsyncEnumerable<DataRetentionPolicy> ListAsync(string? environmentId = null, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"data-retention-policies{new ApiQuery().Add("environmentId", environmentId)}"), AnswerJson.Default.EnvelopeListDataRetentionPolicy, cancellationToken);

    /// <summary>Superset: which spaces lose their data within so many days, the earliest first. Spaces has it, Flatfile's cloud has not.</summary>
    public Task<RetentionPreview> PreviewAsync(int days, string? environmentId = null, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(
            ApiRequest.Get(_connection.At($"data-retention-policies/preview{new ApiQuery().Add("days", days).Add("environmentId", environmentId)}")),
            AnswerJson.Default.EnvelopeRetentionPreview, cancellationToken);

    /// <summary>Deletes it.</summary>
    public Task DeleteAsync(string policyId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"data-retention-policies/{policyId}")), cancellationToken);
}
