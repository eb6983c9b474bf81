using System.Text;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Xml.Workbooks;

/// <summary>Workbooks that Excel 2003 and many programs since save as XML, often under the name <c>.xls</c> or <c>.xml</c>.</summary>
internal sealed class WorkbookFormat : IFileFormat
{
    private const double ByContent = 0.95;

    public string Name => "Excel XML";

    public IReadOnlyList<string> Extensions { get; } = [];

    public double Recognise(FileHead head)
    {
        var text = XmlFormat.Text(head);
        return text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith('<') && text.Contains(WorkbookWalker.Space, StringComparison.Ordinal)
            && (text.Contains("<Workbook", StringComparison.Ordinal) || text.Contains(":Workbook", StringComparison.Ordinal)) ? ByContent : 0;
    }

    public async Task<ITableFile> OpenAsync(FileContent content, ReadOptions options, CancellationToken cancellationToken) =>
        await WorkbookFile.OpenAsync(content, options, cancellationToken);
}
