using Flatfile.Api;

namespace Flatfile.Agent.Core.Binding;

/// <summary>The topics of the catalogue in force, with those the agent itself must hear.</summary>
internal sealed class BoundTopics(HandlerCatalogSource catalogs) : IBoundTopics
{
    // A job that was cancelled or deleted must be ended at once, whoever is bound to what.
    private static readonly string[] Own = [Flatfile.Api.Topics.JobUpdated, Flatfile.Api.Topics.JobDeleted];

    public IReadOnlyCollection<string>? Topics
    {
        get
        {
            var globs = catalogs.Current.Bindings.SelectMany(b => b.Rules).SelectMany(r => r.Topics).ToList();
            return globs.Any(g => g.Literal is null) ? null : [.. globs.Select(g => g.Literal!).Concat(Own).Distinct(StringComparer.Ordinal)];
        }
    }
}
