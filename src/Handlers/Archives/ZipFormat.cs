using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Archives;

/// <summary>ZIP archives of files that hold tables.</summary>
internal sealed class ZipFormat : IFileFormat
{
    private const double ByContent = 0.9;
    private const double ByName = 0.3;

    // An archive that calls itself a workbook and is none: the reader of workbooks says what is wrong with it.
    private const double ByOfficeName = 0.1;

    private static readonly string[] OfficeNames = [".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb"];

    public string Name => "ZIP";

    public IReadOnlyList<string> Extensions { get; } = [".zip"];

    public double Recognise(FileHead head)
    {
        var bytes = head.Bytes.Span;
        if (!bytes.StartsWith("PK\u0003\u0004"u8) && !bytes.StartsWith("PK\u0005\u0006"u8))
        {
            return head.Extension == ".zip" ? ByName : 0;
        }

        return IsOffice(bytes) ? 0 : OfficeNames.Contains(head.Extension) ? ByOfficeName : ByContent;
    }

    public async Task<ITableFile> OpenAsync(FileContent content, ReadOptions options, CancellationToken cancellationToken) =>
        await ZipFile.OpenAsync(content, options, null, 1, cancellationToken);

    /// <summary>Office files are ZIPs too: they name their parts in a table of content types, or their type in the first entry.</summary>
    private static bool IsOffice(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf("[Content_Types].xml"u8) >= 0 || bytes.IndexOf("xl/workbook."u8) >= 0 || bytes.IndexOf("mimetypeapplication/vnd.oasis.opendocument"u8) == 30;
}
