using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Text whose lines are rows and whose cells are divided by a delimiter: CSV, TSV and their kin.</summary>
internal sealed class DelimitedFormat : IFileFormat
{
    private const double ByName = 0.2;
    private const double ByDefault = 0.1;

    public string Name => "delimited text";

    public IReadOnlyList<string> Extensions { get; } = [".csv", ".tsv", ".psv", ".txt", ".tab"];

    public double Recognise(FileHead head) => Extensions.Contains(head.Extension) ? ByName : ByDefault;

    public async Task<ITableFile> OpenAsync(FileContent content, ReadOptions options, CancellationToken cancellationToken)
    {
        var file = await DelimitedFile.OpenAsync(content.OpenForward(), content.Head.Name, options, oneTable: false, cancellationToken);
        return new DelimitedTables(file, content);
    }
}
