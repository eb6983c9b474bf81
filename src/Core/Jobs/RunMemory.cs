using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>The memory of a run, in the agent's store.</summary>
internal sealed class RunMemory(IJobNotes notes, RunControl run) : IRunMemory
{
    private JobTicket Ticket => run.Lease.Ticket;

    public Task<byte[]?> LoadAsync(string name, CancellationToken cancellationToken) => notes.LoadAsync(Ticket.Id, name, cancellationToken);

    public Task<bool> IsBehindAsync(string name, CancellationToken cancellationToken) => notes.IsBehindAsync(Ticket.Id, name, cancellationToken);

    public async Task SaveAsync(string name, byte[] state, bool gotAhead, CancellationToken cancellationToken)
    {
        if (!await notes.SaveAsync(Ticket.Id, Ticket.Lease, name, state, gotAhead, cancellationToken).ConfigureAwait(false))
        {
            run.End(RunEndCause.LeaseLost);
            throw new LeaseLostException(Ticket.Id);
        }

        if (gotAhead)
        {
            run.Saved();
        }
    }
}
