namespace Flatfile.Agent.Host.Dashboard.Recurring;

/// <summary>The recurring work of the agent, as the page shows and steers it. Without one among the services the page says that there is none.</summary>
internal interface IRecurringView
{
    /// <summary>All of it, by name.</summary>
    Task<IReadOnlyList<RecurringRow>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Runs one now, beside its times. False when there is none of this name.</summary>
    Task<bool> RunNowAsync(string name, CancellationToken cancellationToken);

    /// <summary>Lets its times pass until it is resumed. False when there is none of this name.</summary>
    /// <exception cref="InvalidOperationException">It may not; the message says why, for people.</exception>
    Task<bool> PauseAsync(string name, CancellationToken cancellationToken);

    /// <summary>Its times count again. False when there is none of this name.</summary>
    /// <exception cref="InvalidOperationException">It may not; the message says why, for people.</exception>
    Task<bool> ResumeAsync(string name, CancellationToken cancellationToken);
}
