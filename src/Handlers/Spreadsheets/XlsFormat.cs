using System.Text;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Spreadsheets.Library;
using Flatfile.Agent.Handlers.Spreadsheets.Xls;

namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>Workbooks of Excel up to 2003, and newer ones behind a password, which stand in the same kind of container.</summary>
/// <remarks>Those of Excel 5 to 2003 are read here; older ones and those behind a password by a library that holds texts in memory, so that the file's size is limited.</remarks>
internal sealed class XlsFormat : IFileFormat
{
    private const long MaxFile = 64L * 1024 * 1024;
    private const double BareStream = 0.95;

    static XlsFormat() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public string Name => "XLS";

    public IReadOnlyList<string> Extensions { get; } = [".xls", ".xlt"];

    public double Recognise(FileHead head)
    {
        // Excel 2 to 4 wrote its records without a container; the first says which version it is.
        return IsContainer(head) ? 1 : head.Bytes.Span is [0x09, 0x00 or 0x02 or 0x04 or 0x08, 0x04 or 0x06 or 0x08, 0x00, ..] ? BareStream : 0;
    }

    public async Task<ITableFile> OpenAsync(FileContent content, ReadOptions options, CancellationToken cancellationToken)
    {
        var file = await content.OpenSeekableAsync(MaxFile, cancellationToken);
        if (IsContainer(content.Head) && XlsWorkbook.Open(file) is { } workbook)
        {
            return await SpreadsheetFile.OpenAsync(workbook, content, options, workbook.Cells, cancellationToken);
        }

        file.Position = 0;
        var other = LibraryWorkbook.Open(file, options.Password);
        return await SpreadsheetFile.OpenAsync(other, content, options, other.Cells, cancellationToken);
    }

    private static bool IsContainer(FileHead head) => head.Bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
}
