using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Resources;

/// <summary>The environment the call turned out to be about.</summary>
internal sealed class EnvironmentPlace(ApiCall call, CentralStore central) : Place
{
    /// <inheritdoc />
    public override Task<T> ReadAsync<T>(Func<Stock, T> read) => central.ReadAsync(
        connection => read(new EnvironmentStock(connection, central.AccountId, call.Caller.EnvironmentId)), call.Cancelled);

    /// <inheritdoc />
    public override Task<Answer> WriteAsync(Func<Stock, Answer> write) => call.WriteCentralAsync(
        change => write(new EnvironmentStock(change.Connection, central.AccountId, call.Caller.EnvironmentId, change)));
}
