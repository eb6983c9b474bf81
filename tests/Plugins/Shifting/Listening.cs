using Flatfile.Agent;

namespace Shifting;

/// <summary>A callback with a filter of an anonymous type.</summary>
public sealed class Listening(Action<string> tell) : IPlugin
{
    public void Configure(FlatfileListener listener) => listener.On("space:archived", new { domain = "x" }, (context, _) =>
    {
        tell($"callback of {typeof(Listening).Assembly.GetName().Version!.Major}: {context.Event.Id}");
        return Task.CompletedTask;
    });
}
