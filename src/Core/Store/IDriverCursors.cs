namespace Flatfile.Agent.Core.Store;

/// <summary>How far each driver has come.</summary>
internal interface IDriverCursors
{
    /// <summary>The saved position, or null before the first.</summary>
    Task<string?> LoadAsync(string driver, CancellationToken cancellationToken);

    /// <summary>Everything up to the position is settled.</summary>
    Task SaveAsync(string driver, string position, CancellationToken cancellationToken);
}
