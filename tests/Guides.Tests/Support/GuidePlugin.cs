using Flatfile.Agent;

namespace Guides.Tests.Support;

/// <summary>The plugin of every section: its handlers come from the host.</summary>
public sealed class GuidePlugin(GuideHandlers handlers) : IPlugin
{
    public void Configure(FlatfileListener listener) => handlers.Bind(listener);
}
