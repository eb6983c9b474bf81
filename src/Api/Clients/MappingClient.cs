namespace Flatfile.Api;

/// <summary>Saved mappings.</summary>
public sealed class MappingClient
{
    private const int PageSize = 100;

    private readonly ApiConnection _connection;

    internal MappingClient(ApiConnection connection) => _connection = connection;

    /// <summary>The programs of an environment with their rules.</summary>
    public IAsyncEnumerable<MappingProgram> ListAsync(string environmentId, string? @namespace = null, CancellationToken cancellationToken = default) =>
        _connection.PagesAsync(
            page => _connection.At($"mapping{new ApiQuery().Add("environmentId", environmentId).Add("namespace", @namespace).Add("pageSize", PageSize).Add("pageNumber", page)}"),
            AnswerJson.Default.EnvelopeListMappingProgram, program => program.Id ?? "", cancellationToken);

    /// <summary>Saves a program.</summary>
    public Task<MappingProgram> CreateAsync(string environmentId, MappingProgramConfig program, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(
            ApiRequest.Post(_connection.At($"mapping{new ApiQuery().Add("environmentId", environmentId)}"), JsonBody.Of(program, FlatfileJson.Default.MappingProgramConfig), options),
            AnswerJson.Default.EnvelopeMappingProgram, cancellationToken);
}
