namespace Flatfile.Agent.Core.Plugins.Services;

/// <summary>Tells the services of one scope of a plugin's container which layer they belong to.</summary>
internal sealed class LayerHolder
{
    /// <summary>Null until the layer over the scope has been made.</summary>
    public ServiceLayer? Layer { get; set; }
}
