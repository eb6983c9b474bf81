using Guides.Tests.Support;

namespace Guides.Tests.Events;

/// <summary>The topics of jobs, each held against the guide's sample.</summary>
public sealed class Jobs
{
    private const string OfSpace = """{"accountId":"us_acc_1234","environmentId":"us_env_1234","spaceId":"us_sp_1234","jobId":"us_jb_1234","actorId":"us_usr_1234"}""";

    private const string OfSheet =
        """
        {"accountId":"us_acc_1234","environmentId":"us_env_1234","spaceId":"us_sp_1234","workbookId":"us_wb_1234","sheetId":"us_sh_1234",
         "jobId":"us_jb_1234","actorId":"us_usr_1234"}
        """;

    [Fact]
    public async Task An_immediate_job_is_created_and_ready_at_once()
    {
        await using var stage = await Stage.SetAsync();

        await ConfigureAsync(stage);

        Sample.Matches(Of("job:created", "created"), await stage.EventAsync("job:created"));
        Sample.Matches(Of("job:ready", "ready"), await stage.EventAsync("job:ready"));
        Assert.Equal(["job:created", "job:ready"], (await stage.Server.TopicsAsync(stage.SpaceId)).TakeLast(2));
    }

    [Fact]
    public async Task Every_tick_of_a_listener_is_an_update()
    {
        await using var stage = await Stage.SetAsync();
        var job = await ConfigureAsync(stage);

        await stage.CallAsync("POST", $"jobs/{job}/ack", """{"info":"Accepted","progress":0}""");
        await stage.CallAsync("POST", $"jobs/{job}/ack", """{"info":"half","progress":50}""");

        Assert.Equal(2, (await stage.Server.TopicsAsync(stage.SpaceId)).Count(topic => topic == "job:updated"));
        Sample.Matches(Of("job:updated", "executing", "\"half\""), await stage.EventAsync("job:updated"));
    }

    [Fact]
    public async Task A_completed_job_says_its_info()
    {
        await using var stage = await Stage.SetAsync();
        var job = await ConfigureAsync(stage);

        await stage.CallAsync("POST", $"jobs/{job}/complete", """{"info":"Configuring space..."}""");

        Sample.Matches(Of("job:completed", "complete", "\"Configuring space...\""), await stage.EventAsync("job:completed"));
    }

    [Fact]
    public async Task A_failed_job_of_a_sheet_says_where_and_its_outcome_can_be_acknowledged()
    {
        await using var stage = await Stage.SetAsync();
        var job = (string)(await stage.CallAsync(
            "POST", "jobs", $$"""{"type":"sheet","operation":"buildSheet","source":"{{stage.SheetId}}","trigger":"immediate","mode":"foreground"}"""))["id"]!;

        await stage.CallAsync("POST", $"jobs/{job}/fail");
        await stage.CallAsync("POST", $"jobs/{job}/outcome/ack");

        const string payload = """{"job":"sheet:buildSheet","info":null,"domain":"sheet","status":"failed","operation":"buildSheet"}""";
        Sample.Matches($$"""{"domain":"job","topic":"job:failed","context":{{OfSheet}},"payload":{{payload}}}""", await stage.EventAsync("job:failed"));
        Sample.Matches($$"""{"domain":"job","topic":"job:outcome-acknowledged","context":{{OfSheet}},"payload":{{payload}}}""", await stage.EventAsync("job:outcome-acknowledged"));
    }

    [Fact]
    public async Task Nobody_acknowledges_the_outcome_of_a_background_job()
    {
        await using var stage = await Stage.SetAsync();
        var job = await ConfigureAsync(stage);
        await stage.CallAsync("POST", $"jobs/{job}/complete");

        await stage.CallAsync("POST", $"jobs/{job}/outcome/ack");

        Assert.DoesNotContain("job:outcome-acknowledged", await stage.Server.TopicsAsync(stage.SpaceId));
    }

    [Fact]
    public async Task A_deleted_job_says_so()
    {
        await using var stage = await Stage.SetAsync();
        var job = await ConfigureAsync(stage);

        await stage.CallAsync("DELETE", $"jobs/{job}");

        Sample.Matches($$"""{"domain":"job","topic":"job:deleted","context":{{OfSpace}}}""", await stage.EventAsync("job:deleted"));
    }

    private static async Task<string> ConfigureAsync(Stage stage) => (string)(await stage.CallAsync(
        "POST", "jobs", $$"""{"type":"space","operation":"configure","source":"{{stage.SpaceId}}","trigger":"immediate","mode":"background"}"""))["id"]!;

    private static string Of(string topic, string status, string info = "null") =>
        $$"""
        {"domain":"job","topic":"{{topic}}","context":{{OfSpace}},
         "payload":{"job":"space:configure","info":{{info}},"domain":"space","status":"{{status}}","operation":"configure"} }
        """;
}
