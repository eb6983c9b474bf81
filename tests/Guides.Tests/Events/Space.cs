using Guides.Tests.Support;

namespace Guides.Tests.Events;

/// <summary>The topics of spaces, each held against the guide's sample.</summary>
public sealed class Space
{
    private const string Context = """{"accountId":"us_acc_1234","environmentId":"us_env_1234","spaceId":"us_sp_1234","actorId":"us_usr_1234"}""";

    [Fact]
    public async Task A_space_says_when_it_is_created_and_updated()
    {
        await using var stage = await Stage.SetAsync();
        Sample.Matches($$"""{"domain":"space","topic":"space:created","context":{{Context}}}""", await stage.EventAsync("space:created"));

        await stage.CallAsync("PATCH", $"spaces/{stage.SpaceId}", """{"name":"Renamed"}""");

        Sample.Matches($$"""{"domain":"space","topic":"space:updated","context":{{Context}}}""", await stage.EventAsync("space:updated"));
    }

    [Fact]
    public async Task A_deleted_space_names_its_primary_workbook()
    {
        await using var stage = await Stage.SetAsync();
        await stage.CallAsync("PATCH", $"spaces/{stage.SpaceId}", $$"""{"primaryWorkbookId":"{{stage.WorkbookId}}"}""");

        await stage.CallAsync("DELETE", $"spaces/{stage.SpaceId}");

        Sample.Matches(
            """
            {"domain":"space","topic":"space:deleted",
             "context":{"accountId":"us_acc_1234","environmentId":"us_env_1234","spaceId":"us_sp_1234","workbookId":"us_wb_1234","actorId":"us_usr_1234"}}
            """,
            await stage.EventAsync("space:deleted"));
    }
}
