using System.Buffers.Binary;
using System.Text;
using System.Xml;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Spreadsheets.Package;
using Flatfile.Agent.Handlers.Spreadsheets.Xlsb;
using Flatfile.Agent.Handlers.Spreadsheets.Xlsx;

namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>Workbooks of Excel since 2007, in XML as every spreadsheet program writes them, or in binary parts (XLSB).</summary>
internal sealed class XlsxFormat : IFileFormat
{
    private const long MaxFile = 4L * 1024 * 1024 * 1024;
    private const double ByName = 0.6;

    public string Name => "XLSX";

    public IReadOnlyList<string> Extensions { get; } = [".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb"];

    public double Recognise(FileHead head)
    {
        var bytes = head.Bytes.Span;
        if (!bytes.StartsWith("PK\u0003\u0004"u8))
        {
            return 0;
        }

        return HoldsWorkbook(bytes) ? 1 : Extensions.Contains(head.Extension) ? ByName : 0;
    }

    public async Task<ITableFile> OpenAsync(FileContent content, ReadOptions options, CancellationToken cancellationToken)
    {
        var file = await content.OpenSeekableAsync(MaxFile, cancellationToken);
        var package = OfficePackage.Open(file);
        try
        {
            var part = WorkbookPart.Find(package);
            if (part.EndsWith(".bin", StringComparison.OrdinalIgnoreCase))
            {
                var binary = await XlsbWorkbook.OpenAsync(package, part, cancellationToken);
                return await SpreadsheetFile.OpenAsync(binary, content, options, binary.Cells, cancellationToken);
            }

            var workbook = XlsxWorkbook.Open(package, part);
            return await SpreadsheetFile.OpenAsync(workbook, content, options, workbook.Cells, cancellationToken);
        }
        catch (XmlException fault)
        {
            package.Dispose();
            throw new UnreadableFileException($"This workbook's list of sheets or styles cannot be read: {fault.Message} Open the file in a spreadsheet program, save it anew, and upload it again.", fault);
        }
        catch
        {
            package.Dispose();
            throw;
        }
    }

    /// <summary>Walks along the entries that begin in these bytes.</summary>
    private static bool HoldsWorkbook(ReadOnlySpan<byte> bytes)
    {
        const int NameAt = 30;
        while (bytes.IndexOf("PK\u0003\u0004"u8) is >= 0 and var at && at + NameAt < bytes.Length)
        {
            bytes = bytes[at..];
            var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]);
            var name = Encoding.UTF8.GetString(bytes.Slice(NameAt, Math.Min(length, bytes.Length - NameAt))).Replace('\\', '/').TrimStart('/');
            if (name.StartsWith("xl/", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }

            bytes = bytes[4..];
        }

        return false;
    }
}
