using Guides.Tests.Support;

namespace Guides.Tests.Events;

/// <summary>The topics of files, each held against the guide's sample.</summary>
public sealed class FileUpload
{
    private const string Context =
        """{"accountId":"us_acc_1234","environmentId":"us_env_1234","spaceId":"us_sp_1234","fileId":"us_fl_1234","actorId":"us_usr_1234"}""";

    [Fact]
    public async Task An_uploaded_file_says_so_when_its_bytes_can_be_read()
    {
        await using var stage = await Stage.SetAsync();

        var file = await stage.UploadAsync("contacts.csv", "name\nAda\n");

        Sample.Matches($$"""{"domain":"file","topic":"file:created","context":{{Context}},"target":"space(*)"}""", await stage.EventAsync("file:created"));
        Assert.Equal("name\nAda\n", await stage.Server.Http.GetStringAsync($"files/{file}/download"));
    }

    [Fact]
    public async Task An_extracted_file_says_its_status_and_its_workbook()
    {
        await using var stage = await Stage.SetAsync();
        var file = await stage.UploadAsync("contacts.csv", "name\nAda\n");

        await stage.CallAsync("PATCH", $"files/{file}", $$"""{"status":"complete","workbookId":"{{stage.WorkbookId}}"}""");

        Sample.Matches(
            $$"""{"domain":"file","topic":"file:updated","context":{{Context}},"payload":{"status":"complete","workbookId":"us_wb_1234"},"target":"space(*)"}""",
            await stage.EventAsync("file:updated"));
    }

    [Fact]
    public async Task A_deleted_file_says_so()
    {
        await using var stage = await Stage.SetAsync();
        var file = await stage.UploadAsync("contacts.csv", "name\nAda\n");

        await stage.CallAsync("DELETE", $"files/{file}");

        Sample.Matches($$"""{"domain":"file","topic":"file:deleted","context":{{Context}},"target":"space(*)"}""", await stage.EventAsync("file:deleted"));
    }
}
