using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>All recurring work there is: the agent's own, and that of the plugins in force.</summary>
internal sealed class RecurringCatalog(HandlerCatalogSource catalogs, IEnumerable<RecurringBinding> own, IOptions<AgentOptions> options)
{
    private volatile Known? _known;

    /// <summary>The work in force, by id.</summary>
    public IReadOnlyDictionary<string, RecurringWork> Current
    {
        get
        {
            var catalog = catalogs.Current;
            if (_known is not { } known || !ReferenceEquals(known.Of, catalog))
            {
                _known = known = new Known(catalog, Assemble(catalog));
            }

            return known.Work;
        }
    }

    public RecurringWork? Find(string id) => Current.GetValueOrDefault(id);

    /// <summary>Sentences on what will not do what somebody seems to hope for.</summary>
    public IEnumerable<string> Hints()
    {
        var current = Current;
        foreach (var id in options.Value.Recurring.Keys.Where(id => !current.ContainsKey(id)))
        {
            yield return $"Agent:Recurring:{id} is set, and there is no recurring work of that id. Known: {string.Join(", ", current.Keys.Order(StringComparer.Ordinal))}.";
        }

        foreach (var twice in All(catalogs.Current).GroupBy(b => b.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            var first = twice.First();
            foreach (var other in twice.Skip(1))
            {
                yield return $"Recurring work '{other.Id}' of plugin {other.Plugin} does not run: the id is taken by {first.Source} of {first.Plugin}. Change one of the two.";
            }
        }
    }

    private IEnumerable<RecurringBinding> All(HandlerCatalog catalog) => own.Concat(catalog.Recurring);

    private Dictionary<string, RecurringWork> Assemble(HandlerCatalog catalog)
    {
        var work = new Dictionary<string, RecurringWork>(StringComparer.Ordinal);
        foreach (var binding in All(catalog))
        {
            work.TryAdd(binding.Id, RecurringWork.Of(binding, options.Value.Recurring.TryGetValue(binding.Id, out var settings) ? settings : null));
        }

        return work;
    }

    private sealed record Known(HandlerCatalog Of, IReadOnlyDictionary<string, RecurringWork> Work);
}
