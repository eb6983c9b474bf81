using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>Holds the file of a run from the moment it is open, so that its end is told what it was read as.</summary>
internal sealed class OpenedFile : IAsyncDisposable
{
    /// <summary>Null until it is open.</summary>
    public ITableFile? Tables { get; set; }

    public ValueTask DisposeAsync() => Tables?.DisposeAsync() ?? ValueTask.CompletedTask;
}
