using System.Text.Json;

namespace Flatfile.Api;

/// <summary>The body of an update: a member that is set is changed, one that is not set stays, one that is cleared is sent as null.</summary>
public interface IUpdateBody
{
    /// <summary>Members beside the typed ones; what is cleared stands here as null.</summary>
    Dictionary<string, JsonElement>? More { get; set; }
}
