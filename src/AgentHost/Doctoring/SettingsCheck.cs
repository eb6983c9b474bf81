using Flatfile.Agent.Core.Offline;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Host.Operating;
using Flatfile.Agent.Host.Wiring;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Host.Doctoring;

/// <summary>Whether every setting can be read, means something, and fits the others.</summary>
internal sealed class SettingsCheck(IConfiguration configuration, PreparedHost prepared) : IDoctorCheck
{
    private static readonly string[] Sections = [AgentOptions.Section, SpacesLimits.Section];

    public string Subject => "Settings";

    public bool IsUsed => true;

    public Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var known = KnownSettings.OfThisProgram();
        known.AddOpen("Agent:Plugins");
        known.Add(OperatorKey.Setting);
        foreach (var name in SpacesLimits.Names)
        {
            known.Add($"{SpacesLimits.Section}:{name}");
        }

        var findings = Faults().Concat(Unknown(configuration, known)).ToList();
        if (findings.Count == 0)
        {
            findings.Add(new DoctorFinding(DoctorLevel.Good, "Every setting can be read, is known, and fits the others."));
        }

        return Task.FromResult<IReadOnlyList<DoctorFinding>>(findings);
    }

    /// <summary>Settings that are written and mean nothing, each with the name that was most likely meant.</summary>
    internal static IEnumerable<DoctorFinding> Unknown(IConfiguration configuration, KnownSettings known)
    {
        foreach (var (name, value) in Sections.SelectMany(s => configuration.GetSection(s).AsEnumerable()).Where(s => s.Value is not null))
        {
            if (!known.Has(name))
            {
                var nearest = NearestText.Of(name, known.Names);
                yield return new DoctorFinding(
                    DoctorLevel.Warning,
                    $"{name} is set, and no such setting exists: it changes nothing.",
                    nearest is not null && NearestText.Distance(name, nearest) <= Math.Max(2, name.Length / 3) ? $"Did you mean {nearest}? Correct the name, or take it out." : "Correct the name, or take it out.");
            }
        }
    }

    private IEnumerable<DoctorFinding> Faults()
    {
        try
        {
            prepared.Services.CheckAgent();
            return [];
        }
        catch (AgentStartException fault)
        {
            return fault.Faults.Select(f => new DoctorFinding(DoctorLevel.Bad, f));
        }
        catch (OptionsValidationException fault)
        {
            return fault.Failures.Select(f => new DoctorFinding(DoctorLevel.Bad, f));
        }
        catch (InvalidOperationException fault)
        {
            // A value that is no number, time or name of a choice; the binder says which.
            return [new DoctorFinding(DoctorLevel.Bad, $"{fault.Message} Nothing that hangs on the settings can be looked at.", "Correct it in appsettings.json or the environment, or leave it out: every setting has a default.")];
        }
    }
}
