using Flatfile.Agent;

namespace Good;

/// <summary>Binds callbacks in code, one of them inside a namespace.</summary>
public sealed class Listening : IPlugin
{
    public void Configure(FlatfileListener listener) => listener
        .On("**", (_, _) => Task.CompletedTask)
        .Namespace("space:red", red => red.On("records:*", new { sheetSlug = "contacts" }, (_, _) => Task.CompletedTask));
}
