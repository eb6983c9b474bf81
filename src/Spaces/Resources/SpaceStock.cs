using System.Text.Json.Nodes;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Resources;

/// <summary>What belongs to a space.</summary>
internal sealed class SpaceStock(SpaceRead read) : Stock
{
    /// <inheritdoc />
    public override string AccountId => read.Folder.AccountId;

    /// <inheritdoc />
    public override string EnvironmentId => read.Folder.EnvironmentId;

    /// <inheritdoc />
    public override string? SpaceId => read.SpaceId;

    /// <inheritdoc />
    public override string ActorId => Write.ActorId;

    /// <inheritdoc />
    public override string Now => Write.NowText;

    /// <summary>The space, for what is not stored as a plain body.</summary>
    public SpaceRead Read => read;

    /// <summary>The same, to change it.</summary>
    public SpaceWrite Write => read as SpaceWrite ?? throw new InvalidOperationException("A read changes nothing.");

    /// <inheritdoc />
    public override List<JsonObject> List(Kind kind, string? parent = null) =>
        kind.Items!.List(read.Connection, parent is null ? null : AnyId.NumberIn(read, parent));

    /// <inheritdoc />
    public override JsonObject? Find(Kind kind, string? id) =>
        ResourceId.TryParse(kind.Prefix, id, out var parsed) && parsed.Space == read.Folder.Number ? kind.Items!.Find(read.Connection, parsed.Number) : null;

    /// <inheritdoc />
    public override string NewId(Kind kind) => Write.NewId(kind.Prefix).ToString();

    /// <inheritdoc />
    public override void Insert(Kind kind, JsonObject body, string? parent = null) =>
        kind.Items!.Insert(Write.Connection, Own(kind, body.Text("id")), body, parent is null ? null : AnyId.NumberIn(read, parent));

    /// <inheritdoc />
    public override void Update(Kind kind, JsonObject body) => kind.Items!.Update(Write.Connection, Own(kind, body.Text("id")), body);

    /// <inheritdoc />
    public override void Delete(Kind kind, string id) => kind.Items!.Delete(Write.Connection, Own(kind, id));

    /// <inheritdoc />
    public override void Emit(NewEvent news) => Write.Emit(news);

    private ResourceId Own(Kind kind, string? id) =>
        ResourceId.TryParse(kind.Prefix, id, out var parsed) && parsed.Space == read.Folder.Number ? parsed : throw ApiRefusal.NotFound(kind.Noun, id);
}
