using Flatfile.Spaces.Environments;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Resources;

/// <summary>An environment: the caller's, or one of the account its caller manages.</summary>
internal sealed class EnvironmentPlace(ApiCall call, CentralStore central, string environmentId) : Place
{
    /// <inheritdoc />
    public override Task<T> ReadAsync<T>(Func<Stock, T> read) => central.ReadAsync(
        connection => read(new EnvironmentStock(connection, central.AccountId, environmentId)), call.Cancelled);

    /// <inheritdoc />
    public override Task<Answer> WriteAsync(Func<Stock, Answer> write) => call.WriteCentralAsync(change =>
        EnvironmentStore.Find(change.Connection, environmentId) is null
            ? throw ApiRefusal.NotFound("environment", environmentId)
            : write(new EnvironmentStock(change.Connection, central.AccountId, environmentId, change)));
}
