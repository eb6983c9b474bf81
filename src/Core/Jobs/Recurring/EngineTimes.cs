namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>Tells the engine what there is, so that its own pages show the work and its clock is a second one. Only what changed is told.</summary>
internal sealed class EngineTimes(SelectedEngine engine)
{
    private IReadOnlyList<RecurringEntry> _told = [];
    private bool _everTold;

    /// <param name="work">The work in force.</param>
    /// <param name="known">What the store knows of it, by id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task TellAsync(IEnumerable<RecurringWork> work, IReadOnlyDictionary<string, RecurringRow> known, CancellationToken cancellationToken)
    {
        var entries = work.Where(w => w.Schedule is not null).OrderBy(w => w.Id, StringComparer.Ordinal)
            .Select(w => w.ToEntry(known.GetValueOrDefault(w.Id)?.Paused ?? false)).ToList();
        if (_everTold && entries.SequenceEqual(_told))
        {
            return;
        }

        await engine.Engine.SetRecurringAsync(entries, cancellationToken).ConfigureAwait(false);
        (_told, _everTold) = (entries, true);
    }
}
