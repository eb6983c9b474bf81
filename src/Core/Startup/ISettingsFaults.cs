namespace Flatfile.Agent.Core.Startup;

/// <summary>A part beside the agent whose settings are looked at with the agent's own, so that one report names all faults.</summary>
public interface ISettingsFaults
{
    /// <summary>What is wrong: what, why, what to do, a sentence or two each. Opens nothing.</summary>
    IEnumerable<string> FaultsInSettings();
}
