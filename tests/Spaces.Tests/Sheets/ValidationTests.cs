using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Sheets;

public sealed class ValidationTests : IAsyncLifetime
{
    private SpacesServer _server = null!;

    public async Task InitializeAsync() => _server = await SpacesServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task AValidationTellsHooksOfEveryRow()
    {
        var (space, sheet) = await SheetAsync();
        await _server.DataAsync("POST", $"sheets/{sheet}/records", """[{"a":{"value":"1"}},{"a":{"value":null}}]""");
        await _server.DataAsync("POST", $"sheets/{sheet}/records", """[{"a":{"value":"3"}}]""");
        var before = (await _server.TopicsAsync(space)).Length;

        await _server.DataAsync("POST", $"sheets/{sheet}/validate");

        Assert.Equal(
            ["sheet:updated", "commit:created", "commit:completed", "space:records:validated"], (await _server.TopicsAsync(space))[before..]);
        var commit = (await _server.DataAsync("GET", $"events?spaceId={space}&topic=commit:created"))[0]!;
        var rows = await _server.DataAsync("GET", ((string)commit["dataUrl"]!)["v1/".Length..]);
        Assert.Equal(3, rows["records"]!.AsArray().Count);
        var validated = (await _server.DataAsync("GET", $"events?spaceId={space}&topic=space:records:validated"))[0]!;
        Assert.Equal((3, 1), ((int)validated["context"]!["recordCount"]!, (int)validated["context"]!["errorCount"]!));
    }

    [Fact]
    public async Task AnEmptySheetHasNothingToTellHooks()
    {
        var (space, sheet) = await SheetAsync();

        await _server.DataAsync("POST", $"sheets/{sheet}/validate");

        Assert.Equal(["sheet:updated", "space:records:validated"], (await _server.TopicsAsync(space))[^2..]);
        Assert.Empty((await _server.DataAsync("GET", $"sheets/{sheet}/commits")).AsArray());
    }

    private async Task<(string Space, string Sheet)> SheetAsync()
    {
        var space = await _server.DataAsync(
            "POST", "spaces", """{"workbook":{"name":"W","sheets":[{"name":"S","fields":[{"key":"a","type":"string","constraints":[{"type":"required"}]}]}]}}""");
        return ((string)space["id"]!, (string)(await _server.DataAsync("GET", $"sheets?workbookId={space["primaryWorkbookId"]}"))[0]!["id"]!);
    }
}
