using Flatfile.Agent.Core.Binding;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>The contributions of one kind, made once per scope from the catalogue in force when they are first asked for.</summary>
internal sealed class ScopedContributions<T>(HandlerCatalogSource source, IServiceProvider scope, CreatedHandlers created) : IContributions<T>
    where T : class
{
    private IReadOnlyList<T>? _all;

    public IReadOnlyList<T> All => _all ??= Create();

    private List<T> Create()
    {
        var all = new List<T>();
        var (contributions, hold) = source.HoldContributions();
        using var held = hold;
        foreach (var factory in contributions.Of(typeof(T)))
        {
            var item = (T)factory(scope);
            created.Add(item);
            all.Add(item);
        }

        return all;
    }
}
