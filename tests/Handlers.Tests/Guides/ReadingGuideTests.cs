using System.Text;
using System.Text.Json;
using Flatfile.Agent.Handlers.Extraction;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Tests.Guides;

/// <summary>The page about reading says what is so.</summary>
public sealed class ReadingGuideTests
{
    private readonly GuidePage _page = new("reading.md");

    [Fact]
    public async Task TheExampleOverrulesWhatIsFound()
    {
        var options = ReadingInput.Of(_page.Example())!;
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes("Stand: Mai;;\n;;\nGröße;Ort\n1,5;Köln\n");
        using var stream = new MemoryStream(bytes);

        await using var file = await FileFormats.OpenAsync(await FileContent.OpenAsync(stream, "a.csv", bytes.Length, CancellationToken.None), options, CancellationToken.None);
        var table = (await file.NextTableAsync(CancellationToken.None))!;

        Assert.Equal(["Größe", "Ort"], table.Labels);
        Assert.True(await table.ReadAsync(CancellationToken.None));
        Assert.Equal(("1,5", "Köln"), (table.Cell(0).ToString(), table.Cell(1).ToString()));
    }

    [Fact]
    public void EveryOptionStandsThereAndNoOther()
    {
        var members = typeof(ReadOptions).GetProperties().Where(p => p.GetMethod is { IsStatic: false } && p.Name != "EqualityContract").Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name));

        Assert.Equal(members.Order(), _page.Options().Order());
    }
}
