namespace Flatfile.Agent.Core.Binding;

/// <summary>The catalogue in force. A reader takes <see cref="Current"/> once and stays with it.</summary>
public sealed class HandlerCatalogSource
{
    private volatile HandlerCatalog _current = HandlerCatalog.Empty;

    /// <summary>The catalogue in force; empty until the plugins are loaded.</summary>
    public HandlerCatalog Current => _current;

    /// <summary>Puts a new catalogue in force for all events that come from now on.</summary>
    public void Replace(HandlerCatalog catalog) => _current = catalog;
}
