namespace Flatfile.Agent.Handlers.Reading;

/// <summary>A file opened for reading: one table after the other, from the front, in memory that does not grow with the file.</summary>
/// <remarks>The same bytes and options give the same tables, rows and refusals each time: a run after a crash skips what the run before it wrote.</remarks>
public interface ITableFile : IAsyncDisposable
{
    /// <summary>As a person knows it: <c>XLSX</c>, <c>delimited text</c>.</summary>
    string Format { get; }

    /// <summary>True when a row stands in the file as lines of text: its refused rows make a file of the same kind.</summary>
    bool IsText => false;

    /// <summary>How the file is read and why: its encoding, the tables left out. Complete when the last table has been read.</summary>
    IReadOnlyList<ReadDecision> Decisions { get; }

    /// <summary>How much of the file's bytes has been read, 0 to 1. May be asked by another thread.</summary>
    double Progress { get; }

    /// <summary>Moves to the next table; rows of the one before that were not read are passed over.</summary>
    /// <returns>Null when there is no further table.</returns>
    /// <exception cref="UnreadableFileException">The rest of the file cannot be read.</exception>
    ValueTask<ITable?> NextTableAsync(CancellationToken cancellationToken);
}
