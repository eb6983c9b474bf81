using Flatfile.Agent;
using GoodDependency;
using Microsoft.Extensions.Logging;

namespace Good;

/// <summary>An event handler that needs a service of the host and a library of its own folder.</summary>
[On("space:created")]
[On("space:*", Filter = """{"spaceId":"*"}""")]
[Handler("good-greeter")]
public sealed class Greeter(ILogger<Greeter> logger) : IEventHandler
{
    public Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        logger.LogInformation("{Greeting}", Greeting.For(context.Event.Context.SpaceId ?? "nobody"));
        return Task.CompletedTask;
    }
}
