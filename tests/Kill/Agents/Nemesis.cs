using System.Diagnostics;
using Kill.Load;

namespace Kill.Agents;

/// <summary>Kills agents while they work: at a named place in every second life, else at a random moment.</summary>
internal sealed class Nemesis(KillOptions options, IReadOnlyList<Victim> victims, Feeder feeder, Random random, Action<string> say)
{
    private const double MeanMoment = 900;

    private readonly FailPlaces _places = new(random);
    private readonly List<Death> _deaths = [];

    public int Kills { get; private set; }

    public int KillsWithWork { get; private set; }

    public int Pauses { get; private set; }

    public IReadOnlyDictionary<string, int> Places => _places.Died;

    public IReadOnlyList<Death> Deaths => _deaths;

    /// <summary>The moment of a kill is the one thing here that is a time and not a signal.</summary>
    public static async Task AfterAsync(TimeSpan time) => await Task.Delay(time);

    /// <summary>Lets one agent work for a while, kills it unless it died at its place, and starts it again.</summary>
    public async Task KillOneAsync()
    {
        var victim = victims[random.Next(victims.Count)];
        await UntilAsync(() => victim.Agent.HasExited || (victim.HasCalled && feeder.IsWorkInHand), options.Patience);
        var moment = TimeSpan.FromMilliseconds(-MeanMoment * Math.Log(1 - random.NextDouble()));

        // One that is to die somewhere gets the time to come there.
        await UntilAsync(() => victim.Agent.HasExited, victim.Place is null ? moment : moment + TimeSpan.FromSeconds(3));
        var atPlace = victim.Agent.HasExited;
        KillsWithWork += feeder.IsWorkInHand ? 1 : 0;
        await EndAsync(victim);
        if (atPlace && victim.Place is { } place)
        {
            _places.Add(place);
        }

        Kills++;
        say($"kill {Kills} of {options.Kills}: {victim.Agent.Name}{(atPlace ? " at " + victim.Place : "")}, {feeder.Plan.Count} files, {feeder.OpenFiles} on their way");
        if (Kills == options.Kills || random.Next(2) == 0)
        {
            victim.Start();
        }
        else
        {
            victim.Start(_places.Next(), random.Next(1, 4));
        }
    }

    /// <summary>Stops one agent where it stands for longer than its lease, and lets it go on.</summary>
    public async Task PauseOneAsync(TimeSpan length)
    {
        await ReviveAsync();
        await UntilAsync(() => victims.Any(v => v.HasCalled) && feeder.IsWorkInHand, options.Patience);

        // The one that is at work.
        var victim = victims.MaxBy(v => v.Proxy.LastChange)!;
        await AfterAsync(TimeSpan.FromMilliseconds(random.Next(50, 1_500)));
        victim.Agent.Pause();
        await AfterAsync(length);
        victim.Agent.Continue();
        Pauses++;
        say($"pause {Pauses} of {options.Pauses}: {victim.Agent.Name}, {feeder.Plan.Count} files, {feeder.OpenFiles} on their way");
        await AfterAsync(TimeSpan.FromSeconds(2));
    }

    /// <summary>Starts again what died by itself, as a supervisor does.</summary>
    public async Task ReviveAsync()
    {
        foreach (var victim in victims.Where(v => v.Agent.HasExited))
        {
            await EndAsync(victim);
            victim.Start();
        }
    }

    private async Task EndAsync(Victim victim)
    {
        var incarnation = victim.Agent.Incarnation;
        await victim.Agent.KillAsync();
        _deaths.Add(new Death(incarnation, Stopwatch.GetTimestamp()));
    }

    private static async Task UntilAsync(Func<bool> condition, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        while (!condition() && watch.Elapsed < limit)
        {
            await AfterAsync(TimeSpan.FromMilliseconds(5));
        }
    }
}
