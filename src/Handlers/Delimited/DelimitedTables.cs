using System.Globalization;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>The tables of a delimited file, one below the other.</summary>
internal sealed class DelimitedTables(DelimitedFile file, FileContent content) : ITableFile
{
    private DelimitedTable? _current;
    private int _count;

    public string Format => "delimited text";

    public bool IsText => true;

    public IReadOnlyList<ReadDecision> Decisions =>
    [
        new("encoding", file.Encoding.Name, file.Encoding.Confidence, file.Encoding.Evidence),
        .. _count > 1
            ? [new ReadDecision("tables", _count.ToString(CultureInfo.InvariantCulture), 0.8, "Further rows below a table read as the header of another one.")]
            : Array.Empty<ReadDecision>(),
    ];

    public double Progress => content.Progress;

    public async ValueTask<ITable?> NextTableAsync(CancellationToken cancellationToken)
    {
        if (_current is not null)
        {
            while (await _current.ReadAsync(cancellationToken))
            {
            }

            if (!file.NextTable())
            {
                return null;
            }
        }

        _count++;
        return _current = new DelimitedTable(file, NameOf(file.Header));
    }

    public async ValueTask DisposeAsync()
    {
        file.Dispose();
        await content.DisposeAsync();
    }

    private string NameOf(SniffedHeader header)
    {
        var name = Path.GetFileNameWithoutExtension(content.Head.Name);
        return _count == 1 ? name
            : header.Title is { Length: > 0 and <= 100 } title ? title
            : string.Create(CultureInfo.InvariantCulture, $"{name} ({_count})");
    }
}
