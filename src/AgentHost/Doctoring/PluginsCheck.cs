using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Wiring;

namespace Flatfile.Agent.Host.Doctoring;

/// <summary>Which plugins load, which do not and why, and which bindings look like a mistake.</summary>
internal sealed class PluginsCheck(HostSettings settings, PreparedHost prepared) : IDoctorCheck
{
    public string Subject => "Plugins";

    /// <summary>Without settings nobody knows where plugins are.</summary>
    public bool IsUsed => prepared.IsMade;

    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        await using var agent = await LocalAgent.LoadAsync(settings, null, null, cancellationToken);
        var catalog = agent.Catalog;
        var findings = new List<DoctorFinding>();
        foreach (var plugin in catalog.Plugins)
        {
            findings.Add(plugin.State == PluginState.Loaded
                ? new DoctorFinding(DoctorLevel.Good, $"{plugin.Name} {plugin.Version} loads: {plugin.Handlers.Count(h => h is { Refused: null, SwitchedOff: false })} handlers, {plugin.Contributions.Count} contributions.")
                : new DoctorFinding(DoctorLevel.Bad, $"{plugin.Name} is refused: {plugin.Reason}"));
            findings.AddRange(plugin.Handlers.Where(h => h.Refused is not null).Select(h => new DoctorFinding(DoctorLevel.Bad, $"{plugin.Name}: {h.Id} is refused: {h.Refused}")));
            findings.AddRange(plugin.Warnings.Select(w => new DoctorFinding(DoctorLevel.Warning, $"{plugin.Name}: {w}")));
        }

        findings.AddRange(catalog.Hints.Select(h => new DoctorFinding(DoctorLevel.Warning, h)));
        return findings;
    }
}
