using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Spaces.Http;

/// <summary>Brings the forms in which clients write the API's address into one: <c>/api/v1/…</c>, <c>//v1/…</c>, <c>/v1/v1/…</c> become <c>/v1/…</c>.</summary>
internal sealed class PathFolding : IStartupFilter
{
    /// <inheritdoc />
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        // Before routing, which picks the call by the path.
        app.Use((http, rest) =>
        {
            http.Request.Path = new PathString(Fold(http.Request.Path.Value ?? "/"));
            return rest(http);
        });
        next(app);
    };

    /// <summary>The one form of an API path; other paths stay as they are.</summary>
    public static string Fold(string path)
    {
        var folded = path.Contains("//", StringComparison.Ordinal) ? Collapse(path) : path;
        if (Begins(folded, "/api/v1"))
        {
            folded = folded["/api".Length..];
        }

        if (!Begins(folded, "/v1"))
        {
            return path;
        }

        while (Begins(folded, "/v1/v1"))
        {
            folded = folded["/v1".Length..];
        }

        return folded.Length > 1 && folded[^1] == '/' ? folded[..^1] : folded;
    }

    private static bool Begins(string path, string start) =>
        path.StartsWith(start, StringComparison.Ordinal) && (path.Length == start.Length || path[start.Length] == '/');

    private static string Collapse(string path)
    {
        var text = new StringBuilder(path.Length);
        foreach (var letter in path)
        {
            if (letter != '/' || text.Length == 0 || text[^1] != '/')
            {
                text.Append(letter);
            }
        }

        return text.ToString();
    }
}
