using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Serving;

namespace Flatfile.Agent.Host.Doctoring;

/// <summary>Whether the port is free, or held by the agent of this data folder.</summary>
internal sealed class PortCheck(string dataFolder, int port) : IDoctorCheck
{
    public string Subject => "Port";

    public bool IsUsed => true;

    public Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DoctorFinding>>([Look()]);

    private DoctorFinding Look()
    {
        var running = DataFolder.ReadAddress(dataFolder);
        try
        {
            LoopbackPort.RefuseWhenTaken(port);
            return new DoctorFinding(DoctorLevel.Good, running is null ? $"{port} is free." : $"{port} is free; the agent of this folder answers at {running.Url} (process {running.Pid}).");
        }
        catch (UserFault fault)
        {
            return running is not null && new Uri(running.Url).Port == port
                ? new DoctorFinding(DoctorLevel.Good, $"{port} is held by the agent of this folder (process {running.Pid}).")
                : new DoctorFinding(DoctorLevel.Bad, $"{port} cannot be opened. {fault.Why}", fault.ToDo);
        }
    }
}
