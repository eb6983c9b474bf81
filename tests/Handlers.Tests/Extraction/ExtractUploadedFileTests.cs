using Flatfile.Agent.Handlers.Extraction;
using Flatfile.Agent.Handlers.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Handlers.Tests.Extraction;

public sealed class ExtractUploadedFileTests
{
    private readonly FlatfileDouble _flatfile = new();

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.TSV")]
    [InlineData("a.psv")]
    [InlineData("a.b.txt")]
    public async Task AFileOfDelimitedTextGetsOneJobHoweverOftenItsEventComes(string name)
    {
        var fileId = _flatfile.AddFile(_flatfile.AddSpace(), name, [1]);

        await HandleAsync(fileId);
        await HandleAsync(fileId);

        var job = Assert.Single(_flatfile.Jobs).Value;
        Assert.Equal(("file", "extract", fileId, "immediate"), ((string)job["type"]!, (string)job["operation"]!, (string)job["source"]!, (string)job["trigger"]!));
    }

    [Theory]
    [InlineData("a.docx")]
    [InlineData("csv")]
    public async Task OtherFilesAreLeftAloneAndSaidSo(string name)
    {
        var context = await HandleAsync(_flatfile.AddFile(_flatfile.AddSpace(), name, [1]));

        Assert.Empty(_flatfile.Jobs);
        Assert.Equal(LogLevel.Information, Assert.Single(context.Log.Lines).Level);
    }

    [Fact]
    public async Task AnExportIsNotReadBackIn()
    {
        var fileId = _flatfile.AddFile(_flatfile.AddSpace(), "a.csv", [1]);
        _flatfile.Files[fileId]["mode"] = "export";

        await HandleAsync(fileId);

        Assert.Empty(_flatfile.Jobs);
    }

    [Fact]
    public async Task AFileThatIsGoneIsNoFault() => await HandleAsync("us_fl_gone");

    private async Task<TestEventContext> HandleAsync(string fileId)
    {
        var context = new TestEventContext(Events.Of("file:created", new { fileId }));
        using var client = _flatfile.Client();
        await new ExtractUploadedFile(client).HandleAsync(context, CancellationToken.None);
        return context;
    }
}
