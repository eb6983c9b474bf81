using System.Text.Json.Nodes;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Shapes;

namespace Flatfile.Spaces.Resources;

/// <summary>A resource of the API that is a stored body: which operations it has, what its bodies are, where it is kept and what is announced.</summary>
internal sealed record StoredResource(Kind Kind)
{
    /// <summary>The operations' names; null where it has none, or where it is answered elsewhere.</summary>
    public string? List { get; init; }

    public string? Create { get; init; }

    public string? Get { get; init; }

    /// <summary>A second operation that reads one.</summary>
    public string? GetToo { get; init; }

    public string? Update { get; init; }

    public string? Delete { get; init; }

    /// <summary>The name of its id in the path.</summary>
    public required string Id { get; init; }

    /// <summary>The member by which the path names it; by default its id.</summary>
    public string? Key { get; init; }

    /// <summary>The body to create one; its mandatory members cannot be cleared later.</summary>
    public Shape? New { get; init; }

    /// <summary>The body to change one; by default the same.</summary>
    public Shape? Changed { get; init; }

    /// <summary>Whether a change must give every mandatory member again.</summary>
    public bool Whole { get; init; }

    /// <summary>Members a change cannot touch, beside those the server sets on every resource.</summary>
    public IReadOnlyList<string> Fixed { get; init; } = [];

    /// <summary>Where a list looks.</summary>
    public required Func<Places, ApiCall, Task<IReadOnlyList<Place>>> Lists { get; init; }

    /// <summary>Where a new one goes; by default where the list looks.</summary>
    public Func<Places, ApiCall, JsonObject, Task<Place>>? Creates { get; init; }

    /// <summary>Where the one of the path is; by default where the list looks.</summary>
    public Func<Places, ApiCall, Task<Place>>? Holds { get; init; }

    /// <summary>The id of what it hangs on, which must be there, by call and body; null when it hangs on nothing, or on anything in a list.</summary>
    public Func<Stock, ApiCall, JsonObject?, string?>? Parent { get; init; }

    /// <summary>The member that holds the id of <see cref="Parent"/>.</summary>
    public string? ParentMember { get; init; }

    public IReadOnlyList<ResourceFilter> Filters { get; init; } = [];

    /// <summary>How many come by default; null: all, without pages.</summary>
    public int? PageSize { get; init; }

    /// <summary>Whether a list says which page it is.</summary>
    public bool SaysPage { get; init; } = true;

    public Bare Bare { get; init; }

    /// <summary>What the server adds to a new one.</summary>
    public Action<Stock, JsonObject> Fill { get; init; } = (_, _) => { };

    /// <summary>What is answered of a stored body.</summary>
    public Func<Stock, JsonObject, JsonObject> View { get; init; } = (_, body) => body;

    /// <summary>A member that no other of the same parent may have; 409.</summary>
    public string? Unique { get; init; }

    /// <summary>What to announce of a body, by <c>created</c>, <c>updated</c>, <c>deleted</c>; null for nothing.</summary>
    public Func<Stock, JsonObject, string, NewEvent?>? News { get; init; }

    /// <summary>Looks at a stored and a given body before they are merged: what shapes cannot say.</summary>
    public Action<Stock, JsonObject, JsonObject>? Changing { get; init; }
}
