using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Hosting;

namespace Flatfile.Spaces.Http;

/// <summary>
/// Lets pages of other origins call the API, as Flatfile's embedding clients do. No call is let in by a cookie: a page without a key or token of its
/// own can do nothing that anybody could not do.
/// </summary>
internal sealed class ForeignPages(SpacesOptions options) : IStartupFilter
{
    /// <inheritdoc />
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (options.AllowedOrigins.Count > 0)
        {
            app.UseWhen(http => http.Request.Path.StartsWithSegments("/v1") || http.Request.Path.StartsWithSegments("/v2-alpha"), api => api.UseCors(Policy));
        }

        next(app);
    };

    private void Policy(CorsPolicyBuilder policy)
    {
        _ = options.AllowedOrigins.Contains("*") ? policy.AllowAnyOrigin() : policy.WithOrigins([.. options.AllowedOrigins]);
        policy.AllowAnyHeader().AllowAnyMethod().WithExposedHeaders("Content-Disposition", "ETag", "Retry-After").SetPreflightMaxAge(TimeSpan.FromHours(1));
    }
}
