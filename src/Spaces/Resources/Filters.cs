using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Resources;

/// <summary>The usual ways to narrow a list.</summary>
internal static class Filters
{
    /// <summary>The parameter's text is the member's.</summary>
    public static ResourceFilter Same(string query, string? member = null, string? all = null) => call =>
        call.Query(query) is { } wanted && wanted != all ? body => body.Text(member ?? query) == wanted : null;

    /// <summary>One of a few words, or what stands for all of them; other words are a 400.</summary>
    public static ResourceFilter OneOf(string query, string all, params string[] words) => call =>
        call.Query(query) is { } wanted && wanted != all && !words.Contains(wanted)
            ? throw ApiRefusal.Bad(query, $"'{query}' must be one of: {all}, {string.Join(", ", words)}.")
            : Same(query, all: all)(call);

    /// <summary><c>true</c> or <c>false</c>; an absent member counts as false.</summary>
    public static ResourceFilter Flag(string query) => call => call.Flag(query) is { } wanted ? body => body.Flag(query) == wanted : null;

    /// <summary>The text stands somewhere in one of the members, in any case of letters.</summary>
    public static ResourceFilter Search(string query, params string[] members) => call =>
        call.Query(query) is { } wanted
            ? body => members.Any(member => body.Text(member)?.Contains(wanted, StringComparison.OrdinalIgnoreCase) ?? false)
            : null;

    /// <summary>Created after or before a time.</summary>
    public static ResourceFilter Created(string query, bool after) => call =>
        call.Time(query) is { } time
            ? body => string.CompareOrdinal(body.Text("createdAt"), Wire.Time(time)) is var order && (after ? order > 0 : order < 0)
            : null;

    /// <summary>All of the words, separated by commas, stand in the member's list.</summary>
    public static ResourceFilter Words(string query) => call =>
        call.Query(query)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } words
            ? body => words.All(word => (body[query] as JsonArray)?.Any(item => item?.ToString() == word) ?? false)
            : null;
}
