using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Output;
using Flatfile.Agent.Host.Wiring;

namespace Flatfile.Agent.Host.Explaining;

/// <summary>Prints who gets an event, and why the others do not.</summary>
internal static class Explanation
{
    public static async Task<int> RunAsync(HostSettings settings, Func<Task<FlatfileEvent>> find, bool json, CancellationToken stop)
    {
        var @event = await find();
        await using var agent = await LocalAgent.LoadAsync(settings, null, null, stop);
        var explanation = agent.Catalog.Explain(@event);
        var known = await InboxKnowledge.OfAsync(settings, @event, stop);
        if (json)
        {
            Console.Out.WriteLine(ExplanationJson.Of(explanation, known));
        }
        else
        {
            ExplanationView.Write(Screen.Out(), explanation, known);
        }

        return ExitCodes.Done;
    }
}
