using Flatfile.Agent;
using Flatfile.Api;

namespace Fatal;

/// <summary>Ends the process in the way the name of the new space says.</summary>
[On("space:created")]
[Handler("killer")]
public sealed class Killer(FlatfileClient flatfile) : IEventHandler
{
    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var space = await flatfile.Spaces.GetAsync(context.Event.Context.SpaceId!, cancellationToken);
        switch (space.Name)
        {
            case "exit":
                Environment.Exit(7);
                break;
            case "fail fast":
                Environment.FailFast("The state is beyond repair.");
                break;
            case "overflow":
                Deeper(0);
                break;
            case "callback":
                Fire();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case { } many when many.StartsWith("at once ", StringComparison.Ordinal):
                // Returns as if nothing were.
                Fire();
                break;
            case "thread":
                new Thread(() => throw new InvalidOperationException("thrown on a thread of its own")).Start();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case "stuck":
                Spin();
                break;
        }
    }

    /// <summary>Nobody can await it: what it throws, it throws at the process.</summary>
    private static void Fire()
    {
        Action callback = async () =>
        {
            await Task.Yield();
            throw new InvalidOperationException("thrown where nobody waits");
        };
        callback();
    }

    private static int Deeper(int depth) => Deeper(depth + 1) + Deeper(depth + 2);

    /// <summary>Looks at no token, as a loop does that forgot it.</summary>
    private static void Spin()
    {
        using var never = new ManualResetEventSlim();
        never.Wait();
    }
}
