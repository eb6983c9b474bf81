namespace Flatfile.Agent.Handlers.Reading;

/// <summary>A kind of file that holds tables, such as delimited text or XLSX.</summary>
public interface IFileFormat
{
    /// <summary>As a person knows it: <c>XLSX</c>, <c>delimited text</c>.</summary>
    string Name { get; }

    /// <summary>Extensions its files usually have, with the dot, in lower case.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>How sure it is that a file is of this kind, from its first bytes and, where those do not tell, its name.</summary>
    /// <returns>0 for no, 1 for certain by its content; a name alone is worth less than any content.</returns>
    double Recognise(FileHead head);

    /// <summary>Opens a file of this kind. Reads no more than it needs to find the first table.</summary>
    /// <exception cref="UnreadableFileException">It cannot be read.</exception>
    Task<ITableFile> OpenAsync(FileContent content, ReadOptions options, CancellationToken cancellationToken);
}
