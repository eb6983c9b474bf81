using Guides.Tests.Support;

namespace Guides.Tests.Events;

/// <summary>The topics of workbooks, sheets, commits and layers, each held against the guide's sample.</summary>
public sealed class Workbook
{
    private const string OfWorkbook =
        """{"accountId":"us_acc_1234","environmentId":"us_env_1234","spaceId":"us_sp_1234","workbookId":"us_wb_1234","actorId":"us_ag_1234"}""";

    private const string OfSheet =
        """
        {"slugs":{"sheet":"contacts"},"accountId":"us_acc_1234","environmentId":"us_env_1234","spaceId":"us_sp_1234","workbookId":"us_wb_1234",
         "sheetId":"us_sh_1234","sheetSlug":"contacts","actorId":"us_ag_XRGmuGfL"}
        """;

    [Fact]
    public async Task A_new_workbook_says_so_with_the_job_it_was_made_in()
    {
        await using var stage = await Stage.SetAsync();

        Sample.Matches(
            """
            {"domain":"workbook","topic":"workbook:created",
             "context":{"accountId":"us_acc_1234","environmentId":"us_env_1234","spaceId":"us_sp_1234","workbookId":"us_wb_1234","actorId":"us_usr_1234"}}
            """,
            await stage.EventAsync("workbook:created"));
    }

    [Fact]
    public async Task A_changed_workbook_says_so_and_added_data_does_not()
    {
        await using var stage = await Stage.SetAsync();
        await stage.InsertAsync();
        Assert.DoesNotContain("workbook:updated", await stage.Server.TopicsAsync(stage.SpaceId));

        await stage.CallAsync("PATCH", $"workbooks/{stage.WorkbookId}", """{"name":"Renamed"}""");

        Sample.Matches($$"""{"domain":"workbook","topic":"workbook:updated","context":{{OfWorkbook}}}""", await stage.EventAsync("workbook:updated"));
    }

    [Fact]
    public async Task A_deleted_workbook_says_so_after_its_sheets()
    {
        await using var stage = await Stage.SetAsync();

        await stage.CallAsync("DELETE", $"workbooks/{stage.WorkbookId}");

        Sample.Matches($$"""{"domain":"workbook","topic":"workbook:deleted","context":{{OfWorkbook}}}""", await stage.EventAsync("workbook:deleted"));
        Sample.Matches($$"""{"domain":"sheet","topic":"sheet:deleted","context":{{OfSheet}},"target":"sheet(contacts)"}""", await stage.EventAsync("sheet:deleted"));
        Assert.Equal(["sheet:deleted", "workbook:deleted"], (await stage.Server.TopicsAsync(stage.SpaceId)).TakeLast(2));
    }

    [Fact]
    public async Task Sheets_say_when_they_are_made_and_changed_and_data_does_not()
    {
        await using var stage = await Stage.SetAsync();
        Sample.Matches($$"""{"domain":"sheet","topic":"sheet:created","context":{{OfSheet}},"target":"sheet(contacts)"}""", await stage.EventAsync("sheet:created"));
        await stage.InsertAsync();
        Assert.DoesNotContain("sheet:updated", await stage.Server.TopicsAsync(stage.SpaceId));

        await stage.CallAsync("POST", $"sheets/{stage.SheetId}/validate");

        Sample.Matches($$"""{"domain":"sheet","topic":"sheet:updated","context":{{OfSheet}}}""", await stage.EventAsync("sheet:updated"));
    }

    [Fact]
    public async Task A_commit_says_its_sheet_by_the_whole_slug_and_its_target_by_the_last_part()
    {
        await using var stage = await Stage.SetAsync("MasterWorkbook/Data", """{"trackChanges":true}""");

        await stage.InsertAsync();

        Sample.Matches(
            """
            {"domain":"workbook","topic":"commit:created","target":"sheet(Data)","payload":{"trackChanges":true},
             "context":{"slugs":{"sheet":"MasterWorkbook/Data"},"accountId":"us_acc_1234","environmentId":"us_env_1234","spaceId":"us_sp_1234",
                        "workbookId":"us_wb_1234","sheetId":"us_sh_1234","sheetSlug":"MasterWorkbook/Data","versionId":"us_vr_1234","actorId":"us_usr_1234"}}
            """,
            await stage.EventAsync("commit:created"));
    }

    [Fact]
    public async Task A_hooks_write_back_is_a_layer_of_the_commit_and_completes_it()
    {
        await using var stage = await Stage.SetAsync(settings: """{"trackChanges":true}""");
        await stage.InsertAsync();
        var commit = await stage.EventAsync("commit:created");
        var record = (await stage.CallAsync("GET", $"sheets/{stage.SheetId}/records"))["records"]![0]!["id"];

        await stage.CallAsync("PUT", ((string)commit["dataUrl"]!)["v1/".Length..], $$$"""[{"id":"{{{record}}}","values":{"name":{"value":"ADA","messages":[]} } }]""");

        foreach (var topic in new[] { "layer:created", "commit:updated", "commit:completed" })
        {
            Sample.Matches($$"""{"domain":"workbook","topic":"{{topic}}","context":{{OfSheet}}}""", await stage.EventAsync(topic));
        }

        Assert.Single(await stage.Server.TopicsAsync(stage.SpaceId), topic => topic == "commit:created");
    }
}
