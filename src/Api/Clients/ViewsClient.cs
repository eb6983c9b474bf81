namespace Flatfile.Api;

/// <summary>Named selections of sheets.</summary>
public sealed class ViewsClient
{
    private const int PageSize = 100;

    private readonly ApiConnection _connection;

    internal ViewsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Creates one.</summary>
    public Task<View> CreateAsync(ViewConfig config, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"views"), JsonBody.Of(config, FlatfileJson.Default.ViewConfig)), AnswerJson.Default.EnvelopeView, cancellationToken);

    /// <summary>Reads one.</summary>
    public Task<View> GetAsync(string viewId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"views/{viewId}")), AnswerJson.Default.EnvelopeView, cancellationToken);

    /// <summary>Those of a sheet, page after page.</summary>
    public IAsyncEnumerable<View> ListAsync(string sheetId, CancellationToken cancellationToken = default) =>
        _connection.PagesAsync(
            page => _connection.At($"views{new ApiQuery().Add("sheetId", sheetId).Add("pageSize", PageSize).Add("pageNumber", page)}"),
            AnswerJson.Default.EnvelopeListView, view => view.Id, cancellationToken);

    /// <summary>Changes the members that are set.</summary>
    public Task<View> UpdateAsync(string viewId, ViewUpdate update, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Patch(_connection.At($"views/{viewId}"), JsonBody.Of(update, FlatfileJson.Default.ViewUpdate)), AnswerJson.Default.EnvelopeView, cancellationToken);

    /// <summary>Deletes it.</summary>
    public Task DeleteAsync(string viewId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"views/{viewId}")), cancellationToken);
}
