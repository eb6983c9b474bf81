using System.Text.Json;

namespace Flatfile.Api;

/// <summary>Lets an update say null.</summary>
public static class UpdateBody
{
    private static readonly JsonElement Null = JsonDocument.Parse("null").RootElement.Clone();

    /// <summary>Empties members on the server: <c>new SpaceConfig { Name = "x" }.Clear("primaryWorkbookId")</c>. Names are those of the wire; do not also set them.</summary>
    public static T Clear<T>(this T body, params ReadOnlySpan<string> members)
        where T : IUpdateBody
    {
        body.More ??= [];
        foreach (var member in members)
        {
            body.More[member] = Null;
        }

        return body;
    }
}
