namespace Flatfile.Agent.Handlers.Export;

/// <summary>Writes sheets one after the other in one kind of file. Nothing of them stays in memory.</summary>
internal interface ITableWriter : IDisposable
{
    /// <summary>What a person should know of the file, such as values its kind cannot hold; complete after <see cref="Finish"/>.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>Begins a sheet with its header.</summary>
    void Begin(ExportSheet sheet);

    /// <summary>Writes a row of the sheet that was begun.</summary>
    void Write(ExportRow row);

    /// <summary>Ends the sheet.</summary>
    void End();

    /// <summary>Ends the file.</summary>
    void Finish();
}
