namespace Flatfile.Api;

/// <summary>Apps and their stored constraints.</summary>
public sealed class AppsClient
{
    private readonly ApiConnection _connection;

    internal AppsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Creates an app.</summary>
    public Task<App> CreateAsync(AppConfig config, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"apps"), JsonBody.Of(config, FlatfileJson.Default.AppConfig)), AnswerJson.Default.EnvelopeApp, cancellationToken);

    /// <summary>Reads one.</summary>
    public Task<App> GetAsync(string appId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"apps/{appId}")), AnswerJson.Default.EnvelopeApp, cancellationToken);

    /// <summary>Changes the members that are set; see <see cref="UpdateBody.Clear"/> for emptying one.</summary>
    public Task<App> UpdateAsync(string appId, AppUpdate update, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Patch(_connection.At($"apps/{appId}"), JsonBody.Of(update, FlatfileJson.Default.AppUpdate)), AnswerJson.Default.EnvelopeApp, cancellationToken);

    /// <summary>All apps of the environment.</summary>
    public IAsyncEnumerable<App> ListAsync(CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"apps"), AnswerJson.Default.EnvelopeListApp, cancellationToken);

    /// <summary>Deletes it with its constraints.</summary>
    public Task DeleteAsync(string appId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"apps/{appId}")), cancellationToken);

    /// <summary>The stored constraints of an app.</summary>
    public IAsyncEnumerable<AppConstraint> ListConstraintsAsync(string appId, bool? includeBuiltins = null, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"apps/{appId}/constraints{new ApiQuery().Add("includeBuiltins", includeBuiltins)}"), AnswerJson.Default.EnvelopeListAppConstraint, cancellationToken);

    /// <summary>Creates a stored constraint.</summary>
    public Task<AppConstraint> CreateConstraintAsync(string appId, AppConstraintConfig config, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"apps/{appId}/constraints"), JsonBody.Of(config, FlatfileJson.Default.AppConstraintConfig)), AnswerJson.Default.EnvelopeAppConstraint, cancellationToken);

    /// <summary>Reads one.</summary>
    public Task<AppConstraint> GetConstraintAsync(string appId, string constraintId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"apps/{appId}/constraints/{constraintId}")), AnswerJson.Default.EnvelopeAppConstraint, cancellationToken);

    /// <summary>Every state a constraint has had.</summary>
    public IAsyncEnumerable<AppConstraint> ListConstraintVersionsAsync(string appId, string constraintId, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"apps/{appId}/constraints/{constraintId}/versions"), AnswerJson.Default.EnvelopeListAppConstraint, cancellationToken);

    /// <summary>Changes the members that are set; see <see cref="UpdateBody.Clear"/> for emptying one.</summary>
    public Task<AppConstraint> UpdateConstraintAsync(string appId, string constraintId, AppConstraintConfig update, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Patch(_connection.At($"apps/{appId}/constraints/{constraintId}"), JsonBody.Of(update, FlatfileJson.Default.AppConstraintConfig)), AnswerJson.Default.EnvelopeAppConstraint, cancellationToken);

    /// <summary>Deletes it.</summary>
    public Task DeleteConstraintAsync(string appId, string constraintId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"apps/{appId}/constraints/{constraintId}")), cancellationToken);
}
