using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Submit;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Submit;

public sealed class SubmitWorkbookTests
{
    private readonly FlatfileDouble _flatfile = new();
    private readonly string _spaceId;
    private readonly JsonObject _workbook;

    public SubmitWorkbookTests()
    {
        _spaceId = _flatfile.AddSpace();
        _workbook = _flatfile.AddWorkbook(JsonNode.Parse($$"""
            {"name":"CRM","spaceId":"{{_spaceId}}","environmentId":"us_env_1","settings":{"trackChanges":true},
             "sheets":[{"name":"People","slug":"people","fields":[]},{"name":"Deals","slug":"deals","fields":[]}]}
            """)!.AsObject());
        AddRows(0, valid: 3, invalid: 0);
        AddRows(1, valid: 1, invalid: 0);
    }

    [Fact]
    public async Task AWorkbookWithoutErrorsCompletesItsSpace()
    {
        var result = await RunAsync();

        Assert.Equal("All rows are valid and submitted: People (3), Deals (1).", result.Message);
        Assert.Equal("completed", (string)_flatfile.Spaces[_spaceId]["status"]!);
    }

    [Fact]
    public async Task RowsWithErrorsAreNamedBySheetAndCount()
    {
        AddRows(1, valid: 0, invalid: 2);

        var fault = await Assert.ThrowsAsync<JobFailedException>(RunAsync);

        Assert.Equal("Rows with errors cannot be submitted. Correct or delete them in: Deals (2 of 3).", fault.Message);
        Assert.Equal(2L, (long)fault.Details!["sheets"]![1]!["withErrors"]!);
        Assert.Null(_flatfile.Spaces[_spaceId]["status"]);
    }

    [Fact]
    public async Task ChangesThatAreStillCheckedHoldTheSubmitBack()
    {
        _flatfile.OpenCommits.Add(new JsonObject
        {
            ["id"] = "us_vr_1", ["sheetId"] = _workbook["sheets"]![0]!["id"]!.DeepClone(), ["createdBy"] = "us_usr_1", ["createdAt"] = "2026-01-01T00:00:00Z",
        });

        var fault = await Assert.ThrowsAsync<JobFailedException>(RunAsync);

        Assert.Equal("Changes of People are still being checked, so their errors are not known yet. Submit again in a moment.", fault.Message);
    }

    private void AddRows(int sheet, int valid, int invalid)
    {
        var rows = _flatfile.Rows[(string)_workbook["sheets"]![sheet]!["id"]!];
        rows.AddRange(Enumerable.Range(0, valid + invalid).Select(i => new JsonObject { ["id"] = $"{i}", ["values"] = new JsonObject(), ["valid"] = i < valid }));
    }

    private async Task<JobResult> RunAsync()
    {
        using var client = _flatfile.Client();
        return await new SubmitWorkbook(client).RunAsync(new TestJobContext(new { workbookId = (string)_workbook["id"]! }), CancellationToken.None);
    }
}
