using Flatfile.Agent;

namespace Guides.Tests.Support;

/// <summary>What a section binds.</summary>
public sealed class GuideHandlers(Action<FlatfileListener> listen)
{
    public void Bind(FlatfileListener listener) => listen(listener);
}
