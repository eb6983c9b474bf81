namespace Flatfile.Agent.Handlers.Export.Xlsx;

/// <summary>Counts what a workbook holds in another form than Flatfile does, and tells it.</summary>
internal sealed class XlsxNotes
{
    private readonly HashSet<string> _split = [];
    private string? _firstCut;
    private long _cut;
    private long _numbers;
    private long _comments;

    public IReadOnlyList<string> All => [.. Tell()];

    /// <summary>A sheet goes on in another worksheet.</summary>
    public void Split(string sheet) => _split.Add(sheet);

    /// <summary>A text is longer than a cell holds.</summary>
    public void Cut(string sheet, string label, long row)
    {
        _firstCut ??= $"row {row:N0} of the worksheet '{sheet}', column {label}";
        _cut++;
    }

    /// <summary>A number stands as text.</summary>
    public void NumberAsText() => _numbers++;

    /// <summary>A comment is left out.</summary>
    public void LeaveOut() => _comments++;

    private IEnumerable<string> Tell()
    {
        foreach (var sheet in _split)
        {
            yield return $"'{sheet}' has more rows than a worksheet holds and goes on in further ones, named '(2)' and so on.";
        }

        if (_cut > 0)
        {
            yield return $"{_cut:N0} texts longer than the {XlsxSheet.MostText:N0} characters of an Excel cell were cut, the first in {_firstCut}. Export as CSV to have them whole.";
        }

        if (_numbers > 0)
        {
            yield return $"{_numbers:N0} numbers with more digits than Excel keeps stand as text, so that no digit is lost.";
        }

        if (_comments > 0)
        {
            yield return $"{_comments:N0} comments are left out: a worksheet gets at most {XlsxComments.Most:N0}. Export the rows with errors alone, or as CSV with messages.";
        }
    }
}
