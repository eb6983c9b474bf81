using System.Text.Json.Nodes;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Resources;

/// <summary>What belongs to an environment.</summary>
internal sealed class EnvironmentStock(SqliteConnection connection, string accountId, string environmentId, CentralWrite? write = null) : Stock
{
    /// <inheritdoc />
    public override string AccountId => accountId;

    /// <inheritdoc />
    public override string EnvironmentId => environmentId;

    /// <inheritdoc />
    public override string? SpaceId => null;

    /// <inheritdoc />
    public override string ActorId => Write.ActorId;

    /// <inheritdoc />
    public override string Now => Write.NowText;

    private CentralWrite Write => write ?? throw new InvalidOperationException("A read changes nothing.");

    /// <inheritdoc />
    public override List<JsonObject> List(Kind kind, string? parent = null) => kind.Central!.List(connection, environmentId, parent);

    /// <inheritdoc />
    public override JsonObject? Find(Kind kind, string? id) => kind.Central!.Find(connection, environmentId, id);

    /// <inheritdoc />
    public override string NewId(Kind kind) => kind.Central!.NewId();

    /// <inheritdoc />
    public override void Insert(Kind kind, JsonObject body, string? parent = null) =>
        kind.Central!.Insert(Write.Connection, (string)body["id"]!, environmentId, body, parent);

    /// <inheritdoc />
    public override void Update(Kind kind, JsonObject body) => kind.Central!.Update(Write.Connection, environmentId, (string)body["id"]!, body);

    /// <inheritdoc />
    public override void Delete(Kind kind, string id) => kind.Central!.Delete(Write.Connection, environmentId, id);

    /// <inheritdoc />
    public override void Emit(NewEvent news) => Write.Emit(news, environmentId);
}
