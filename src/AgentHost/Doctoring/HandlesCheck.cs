using Flatfile.Agent.Host.Handles;

namespace Flatfile.Agent.Host.Doctoring;

/// <summary>How many files and connections a process of this shell may hold, and what that is enough for.</summary>
internal sealed class HandlesCheck(HandleBudget budget) : IDoctorCheck
{
    public string Subject => "Handles";

    public bool IsUsed => budget.Handles is not null;

    public Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var what = $"{budget.Handles} files and connections may be held at once, here: enough for {budget.Connections} connections.";
        return Task.FromResult<IReadOnlyList<DoctorFinding>>([budget.Handles >= HandleLimit.Plenty
            ? new DoctorFinding(DoctorLevel.Good, what)
            : new DoctorFinding(DoctorLevel.Warning, what + " Those that come beside them are refused.", HandleLimit.Cure)]);
    }
}
