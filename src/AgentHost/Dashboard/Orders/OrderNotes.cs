namespace Flatfile.Agent.Host.Dashboard.Orders;

/// <summary>What the page says after an order. The address carries a word of these, never a text: nobody can make the page say something else.</summary>
internal static class OrderNotes
{
    private static readonly Dictionary<string, string> Notes = new(StringComparer.Ordinal)
    {
        ["retry"] = "The job is ready again; its handler gets it as a new run.",
        ["cancel"] = "The job is cancelled; a run that goes on ends within seconds.",
        ["requeue"] = "The job is due now.",
        ["replay"] = "The replay is asked for.",
        ["run"] = "It runs now.",
        ["pause"] = "It is paused: its times pass until it is resumed.",
        ["resume"] = "Its times count again.",
    };

    public static string? Of(string? word) => word is null ? null : Notes.GetValueOrDefault(word);
}
