using System.Text.Json.Nodes;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Resources;

/// <summary>The stored resources of one environment or space, inside one transaction.</summary>
internal abstract class Stock
{
    public abstract string AccountId { get; }

    public abstract string EnvironmentId { get; }

    /// <summary>Null in an environment.</summary>
    public abstract string? SpaceId { get; }

    /// <summary>Who changes something.</summary>
    public abstract string ActorId { get; }

    /// <summary>The one time of a change.</summary>
    public abstract string Now { get; }

    /// <summary>Bodies in order of creation, of one parent or of all.</summary>
    public abstract List<JsonObject> List(Kind kind, string? parent = null);

    /// <summary>The body, or null.</summary>
    public abstract JsonObject? Find(Kind kind, string? id);

    /// <summary>The body; 404 when there is none here.</summary>
    public JsonObject Get(Kind kind, string? id) => Find(kind, id) ?? throw ApiRefusal.NotFound(kind.Noun, id);

    /// <summary>A new id.</summary>
    public abstract string NewId(Kind kind);

    /// <summary>Adds what carries its new id in <c>id</c>.</summary>
    public abstract void Insert(Kind kind, JsonObject body, string? parent = null);

    /// <summary>Replaces the body of the same <c>id</c>.</summary>
    public abstract void Update(Kind kind, JsonObject body);

    /// <summary>Removes one, and what hangs on it; 404 when there is none.</summary>
    public abstract void Delete(Kind kind, string id);

    /// <summary>Announces something together with the change.</summary>
    public abstract void Emit(NewEvent news);
}
