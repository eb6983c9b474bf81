using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Handles;
using Flatfile.Agent.Host.Output;

namespace Flatfile.Agent.Host.Doctoring;

/// <summary>Looks at the agent's surroundings with every check there is, beside each other, each within its time.</summary>
internal static class Doctor
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(HostSettings settings, bool json, CancellationToken stop)
    {
        var port = settings.Port ?? HostSettings.DefaultPort;
        using var prepared = PreparedHost.Of(settings, port);
        var report = await LookAsync(
            [
                new SettingsCheck(settings.Configuration, prepared), new FlatfileCheck(settings, TimeProvider.System), new DataFolderCheck(settings.DataFolder),
                new PortCheck(settings.DataFolder, port), new HandlesCheck(new HandleBudget(HandleLimit.Read())), .. Registered(prepared), new PluginsCheck(settings, prepared), new VersionsCheck(prepared),
            ],
            Limit, TimeProvider.System, stop);
        if (json)
        {
            Console.Out.WriteLine(DoctorJson.Of(report));
        }
        else
        {
            DoctorTable.Write(Screen.Out(), report);
        }

        return report.Bad == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    /// <summary>Runs the checks that are used. One that throws or takes too long is a bad finding.</summary>
    internal static async Task<DoctorReport> LookAsync(IReadOnlyList<IDoctorCheck> checks, TimeSpan limit, TimeProvider time, CancellationToken stop)
    {
        var looks = checks.Select(async check => (Subject: Subject(check), Findings: await LookAsync(check, limit, time, stop))).ToList();
        var found = await Task.WhenAll(looks);
        return new DoctorReport([.. found.Where(f => f.Findings.Count > 0)
            .GroupBy(f => f.Subject).Select(g => (g.Key, (IReadOnlyList<DoctorFinding>)[.. g.SelectMany(f => f.Findings)]))]);
    }

    private static async Task<IReadOnlyList<DoctorFinding>> LookAsync(IDoctorCheck check, TimeSpan limit, TimeProvider time, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        try
        {
            // Off this thread: a check may block, and the others must not wait for it.
            return await Task.Run(async () => check.IsUsed ? await check.LookAsync(either.Token) : [], CancellationToken.None).WaitAsync(either.Token);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            return [late.IsCancellationRequested
                ? new DoctorFinding(DoctorLevel.Bad, $"Nothing was heard for {limit.TotalSeconds:0} seconds.", "See whether it is reachable from this machine, and whether its address is right.")
                : new DoctorFinding(DoctorLevel.Bad, $"It could not be looked at: {fault.GetType().Name}: {fault.Message}")];
        }
    }

    private static string Subject(IDoctorCheck check)
    {
        try
        {
            return check.Subject;
        }
        catch (Exception)
        {
            return check.GetType().Name;
        }
    }

    private static IReadOnlyList<IDoctorCheck> Registered(PreparedHost prepared)
    {
        if (!prepared.IsMade)
        {
            return [];
        }

        try
        {
            return [.. prepared.Services.GetServices<IDoctorCheck>()];
        }
        catch (Exception fault)
        {
            return [new NotMade(fault)];
        }
    }

    /// <summary>Stands for the checks that could not even be made, most often because a setting cannot be read.</summary>
    private sealed class NotMade(Exception fault) : IDoctorCheck
    {
        public string Subject => "Drivers and stores";

        public bool IsUsed => true;

        public Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DoctorFinding>>(
            [new DoctorFinding(DoctorLevel.Bad, $"Their checks could not be made: {fault.Message}", "Correct what stands under Settings, and look again.")]);
    }
}
