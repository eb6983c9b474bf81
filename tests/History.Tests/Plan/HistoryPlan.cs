using System.Globalization;
using Flatfile.Agent;

namespace History.Tests.Plan;

/// <summary>What is published: events of many spaces in random turns, with neighbours swapped, doubles at once and late, and doubles under a foreign key.</summary>
internal sealed class HistoryPlan
{
    private HistoryPlan(IReadOnlyList<PlannedEvent> events, IReadOnlyList<IReadOnlyList<OutgoingEvent>> chunks, int doubles)
    {
        Events = events;
        Chunks = chunks;
        Doubles = doubles;
    }

    /// <summary>In the order of first publication.</summary>
    public IReadOnlyList<PlannedEvent> Events { get; }

    /// <summary>What is published together, doubles included.</summary>
    public IReadOnlyList<IReadOnlyList<OutgoingEvent>> Chunks { get; }

    public int Doubles { get; }

    public static HistoryPlan Make(int events, int spaces, int chunks, int deadly, Random random)
    {
        var planned = new List<PlannedEvent>(events);
        var deadlyOnes = Enumerable.Range(0, deadly).Select(i => (events / (deadly + 1) * (i + 1)) + 7).ToHashSet();
        for (var number = 0; number < events; number++)
        {
            var kind = deadlyOnes.Contains(number) ? EventKind.Deadly : random.Next(500) == 0 ? EventKind.Hopeless : EventKind.Plain;
            planned.Add(new PlannedEvent(
                number, string.Create(CultureInfo.InvariantCulture, $"us_sp_{random.Next(spaces):0000}"), kind,
                IsPicked: random.Next(2) == 0, Failures: random.Next(20) == 0 ? random.Next(1, 3) : 0, HasStray: kind == EventKind.Plain && random.Next(100) == 0));
        }

        var size = (events + chunks - 1) / chunks;
        var published = new List<List<OutgoingEvent>>();
        var late = new Queue<OutgoingEvent>();
        var doubles = 0;
        foreach (var group in planned.Chunk(size))
        {
            var chunk = new List<OutgoingEvent>(size + 64);
            // What waits comes a chunk or more later than its original.
            for (var due = late.Count; due > 0; due--)
            {
                chunk.Add(late.Dequeue());
            }

            foreach (var one in group)
            {
                var outgoing = one.ToOutgoing();
                chunk.Add(outgoing);
                if (one.HasStray)
                {
                    chunk.Add(one.ToOutgoing(strayKey: "stray-" + one.Id));
                    doubles++;
                }

                for (var copies = random.Next(20) == 0 ? random.Next(1, 4) : 0; copies > 0; copies--)
                {
                    doubles++;
                    if (random.Next(2) == 0)
                    {
                        chunk.Add(outgoing);
                    }
                    else
                    {
                        late.Enqueue(outgoing);
                    }
                }
            }

            published.Add(chunk);
        }

        published[^1].AddRange(late);
        return new HistoryPlan(planned, published, doubles);
    }
}
