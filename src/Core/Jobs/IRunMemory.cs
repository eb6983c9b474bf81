namespace Flatfile.Agent.Core.Jobs;

/// <summary>What the machine remembers of a job for a later run, by name.</summary>
internal interface IRunMemory
{
    /// <summary>What stands under a name, or null.</summary>
    Task<byte[]?> LoadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Whether the handler has saved how far it is since this was written.</summary>
    Task<bool> IsBehindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Durable when it returns.</summary>
    /// <param name="name">Under which it stands.</param>
    /// <param name="state">What is written.</param>
    /// <param name="gotAhead">True when the run has got ahead: deaths before it no longer count.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <exception cref="LeaseLostException">Another run owns the ticket.</exception>
    Task SaveAsync(string name, byte[] state, bool gotAhead, CancellationToken cancellationToken);
}
