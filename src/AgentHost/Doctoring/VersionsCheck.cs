using System.Reflection;
using System.Runtime.InteropServices;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Sqlite;

namespace Flatfile.Agent.Host.Doctoring;

/// <summary>What the agent is made of, and which drivers and engines are in it.</summary>
internal sealed class VersionsCheck(PreparedHost prepared) : IDoctorCheck
{
    public string Subject => "Versions";

    public bool IsUsed => true;

    public Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var findings = new List<DoctorFinding>
        {
            Good($"Agent {VersionOf(Assembly.GetExecutingAssembly())}, contract {VersionOf(typeof(IEventHandler).Assembly)}."),
            Good($"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}; SQLite: {SqliteLibrary.Use()}."),
        };
        if (prepared.IsMade)
        {
            findings.Add(Named("Drivers", () => prepared.Services.GetServices<IEventDriver>().Select(d => d.Name)));
            findings.Add(Named("Engines", () => prepared.Services.GetServices<IJobEngine>().Select(e => e.Name)));
        }

        return Task.FromResult<IReadOnlyList<DoctorFinding>>(findings);
    }

    private static DoctorFinding Good(string what) => new(DoctorLevel.Good, what);

    private static string VersionOf(Assembly assembly) => assembly.GetName().Version?.ToString() ?? "without version";

    private static DoctorFinding Named(string what, Func<IEnumerable<string>> names)
    {
        try
        {
            return Good($"{what} compiled in: {string.Join(", ", names().Order(StringComparer.Ordinal))}.");
        }
        catch (Exception fault)
        {
            return new DoctorFinding(DoctorLevel.Bad, $"{what} cannot be made: {fault.Message}", "Correct what stands under Settings, and look again.");
        }
    }
}
