using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Resources;

/// <summary>The life of one stored resource: made, looked up, changed, removed, each change with its event.</summary>
internal static class StoredChange
{
    private static readonly string[] Always = ["id", "createdAt", "updatedAt", "createdBy", "deletedAt"];

    /// <summary>Makes one of a body that was looked through.</summary>
    public static JsonObject Create(Stock stock, ApiCall call, StoredResource resource, JsonObject given)
    {
        var parent = resource.Parent?.Invoke(stock, call, given);
        var body = new JsonObject { ["id"] = stock.NewId(resource.Kind) };
        BodyMerge.Into(body, given, Rules(resource, []));
        if (resource.ParentMember is { } member)
        {
            body[member] = parent;
        }

        resource.Fill(stock, body);
        body["createdAt"] = stock.Now;
        body["updatedAt"] = stock.Now;
        RequireUnique(stock, resource, body, parent);
        stock.Insert(resource.Kind, body, parent);
        Announce(stock, resource, body, "created");
        return body;
    }

    /// <summary>The one of the path; 404 when it is not there, or hangs on something else than the path says.</summary>
    public static JsonObject Of(Stock stock, ApiCall call, StoredResource resource)
    {
        var id = call.Route(resource.Id);
        var body = resource.Key is { } key
            ? stock.List(resource.Kind, resource.Parent?.Invoke(stock, call, null)).Find(one => one.Text(key) == id) ?? throw ApiRefusal.NotFound(resource.Kind.Noun, id)
            : stock.Get(resource.Kind, id);
        return resource.ParentMember is { } member && call.Route(member) is { Length: > 0 } parent && body.Text(member) != parent
            ? throw ApiRefusal.NotFound(resource.Kind.Noun, id)
            : body;
    }

    /// <summary>Changes the members given.</summary>
    public static JsonObject Update(Stock stock, ApiCall call, StoredResource resource, JsonObject given)
    {
        var body = Of(stock, call, resource);
        resource.Changing?.Invoke(stock, body, given);
        BodyMerge.Into(body, given, Rules(resource, resource.Fixed));
        body["updatedAt"] = stock.Now;
        RequireUnique(stock, resource, body, resource.ParentMember is { } member ? body.Text(member) : null);
        stock.Update(resource.Kind, body);
        Announce(stock, resource, body, "updated");
        return body;
    }

    /// <summary>Removes it, and what hangs on it.</summary>
    public static void Delete(Stock stock, ApiCall call, StoredResource resource)
    {
        var body = Of(stock, call, resource);
        stock.Delete(resource.Kind, body.Text("id")!);
        Announce(stock, resource, body, "deleted");
    }

    private static BodyMerge Rules(StoredResource resource, IReadOnlyList<string> more) => new(
        resource.New?.Mandatory ?? new HashSet<string>(StringComparer.Ordinal),
        new HashSet<string>([.. Always, .. more, .. resource.ParentMember is { } member ? [member] : Array.Empty<string>()], StringComparer.Ordinal));

    private static void RequireUnique(Stock stock, StoredResource resource, JsonObject body, string? parent)
    {
        if (resource.Unique is { } member && body.Text(member) is { } value
            && stock.List(resource.Kind, parent).Exists(other => other.Text(member) == value && other.Text("id") != body.Text("id")))
        {
            throw ApiRefusal.Conflict(member, $"There is already a {resource.Kind.Noun} with {member} '{value}'.");
        }
    }

    private static void Announce(Stock stock, StoredResource resource, JsonObject body, string what)
    {
        if (resource.News?.Invoke(stock, body, what) is { } news)
        {
            stock.Emit(news);
        }
    }
}
