using System.Buffers;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Export;

/// <summary>Writes delimited text by RFC 4180 in UTF-8.</summary>
internal sealed class CsvWriter : ITableWriter
{
    private const string MessagesLabel = "Messages";

    private readonly ExportFiles _files;
    private readonly ExportOptions _options;
    private readonly char _delimiter;
    private readonly byte[] _lineEnd;
    private readonly SearchValues<char> _special;
    private Utf8Output? _output;
    private ExportSheet? _sheet;
    private bool _isFirst;
    private long _guarded;

    public CsvWriter(ExportFiles files, ExportOptions options)
    {
        (_files, _options) = (files, options);
        _delimiter = options.Delimiter == "tab" ? '\t' : options.Delimiter[0];
        _lineEnd = options.LineEnd == "lf" ? [(byte)'\n'] : [(byte)'\r', (byte)'\n'];
        _special = SearchValues.Create($"\"\r\n{_delimiter}");
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Notes => _guarded == 0 ? [] :
        [$"{_guarded:N0} texts that a spreadsheet would take for formulas begin with an apostrophe in the file; reading it back with the reading option 'guarded' takes it away."];

    /// <inheritdoc />
    public void Begin(ExportSheet sheet)
    {
        _sheet = sheet;
        _output = new Utf8Output(_files.Open(sheet.Sheet.Name, _delimiter == '\t' ? "tsv" : "csv"));
        if (_options.Bom)
        {
            _output.Raw("\uFEFF"u8);
        }

        _isFirst = true;
        if (_options.IncludeRecordIds)
        {
            Cell(ExportOptions.RecordIdLabel, isText: true);
        }

        foreach (var label in sheet.Labels)
        {
            Cell(label, isText: true);
        }

        if (_options.Messages)
        {
            Cell(MessagesLabel, isText: true);
        }

        EndLine();
    }

    /// <inheritdoc />
    public void Write(ExportRow row)
    {
        if (_options.IncludeRecordIds)
        {
            Cell(row.Id, isText: true);
        }

        for (var column = 0; column < row.Count; column++)
        {
            Cell(row.Text(column), row.Kind(column) == CellKind.Text);
        }

        if (_options.Messages)
        {
            Cell(string.Join("; ", row.Messages.Select(m => $"{_sheet!.Labels[m.Column]}: {m.Text}")), isText: true);
        }

        EndLine();
    }

    /// <inheritdoc />
    public void End()
    {
        _output!.Flush();
        _files.Close();
    }

    /// <inheritdoc />
    public void Finish() => _files.Finish();

    /// <inheritdoc />
    public void Dispose() => _files.Dispose();

    private void Cell(ReadOnlySpan<char> text, bool isText)
    {
        if (!_isFirst)
        {
            _output!.Text([_delimiter]);
        }

        // A line of one empty cell would be an empty line, which readers pass over.
        var isAlone = _isFirst && text.IsEmpty;
        _isFirst = false;
        var guard = isText && _options.GuardFormulas && FormulaGuard.Needs(text);
        if (!guard && !isAlone && !_options.QuoteAll && !text.ContainsAny(_special) && !HasOuterBlank(text))
        {
            _output!.Text(text);
            return;
        }

        _guarded += guard ? 1 : 0;
        _output!.Raw(guard ? "\"'"u8 : "\""u8);
        while (text.IndexOf('"') is >= 0 and var at)
        {
            _output.Text(text[..(at + 1)]);
            _output.Raw("\""u8);
            text = text[(at + 1)..];
        }

        _output.Text(text);
        _output.Raw("\""u8);
    }

    /// <summary>Readers that trim cells leave quoted ones as they are.</summary>
    private static bool HasOuterBlank(ReadOnlySpan<char> text) => !text.IsEmpty && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]));

    private void EndLine()
    {
        _output!.Raw(_lineEnd);
        _isFirst = true;
    }
}
