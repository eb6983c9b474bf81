using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Events;

/// <summary>What a change says about itself; the rest of the event (ids, actor, namespaces, times) is filled in.</summary>
/// <param name="Topic">See <see cref="Api.Topics"/>.</param>
/// <param name="Domain">The resource kind: <c>space</c>, <c>workbook</c>, <c>sheet</c>, <c>file</c>, <c>job</c>, …</param>
internal sealed record NewEvent(string Topic, string Domain)
{
    /// <summary>Ids of what it is about, such as <c>workbookId</c>, <c>sheetId</c>, <c>sheetSlug</c>, <c>jobId</c>.</summary>
    public JsonObject Context { get; init; } = [];

    /// <summary>Always an object: listeners look inside without asking.</summary>
    public JsonObject Payload { get; init; } = [];

    /// <summary>Relative, beginning with <c>v1/</c> and with at least one <c>key=value</c>; only where there are rows behind it.</summary>
    public string? DataUrl { get; init; }

    /// <summary>By default <c>sheet(slug)</c> where the context has a sheet's slug, <c>space(*)</c> for files.</summary>
    public string? Target { get; init; }

    /// <summary><c>{id, slug}</c> of the resource that caused it.</summary>
    public JsonObject? Origin { get; init; }

    /// <summary>For instance <c>{progress: {current, total, percent}}</c>.</summary>
    public JsonObject? Attributes { get; init; }
}
