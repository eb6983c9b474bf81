namespace Flatfile.Agent.Core.Plugins.Services;

/// <summary>Who answers for a service asked for inside a plugin.</summary>
internal enum ServicePlace
{
    /// <summary>The host.</summary>
    Host,

    /// <summary>The plugin's own container.</summary>
    Own,

    /// <summary>The layer itself, as the service provider.</summary>
    Layer,

    /// <summary>The layer, as the maker of scopes.</summary>
    Scopes,

    /// <summary>The plugin's services, as the list of what is known.</summary>
    Known,
}
