using System.Text;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Jobs;

/// <summary>A run that another one has followed, or whose job has ended, changes nothing any more.</summary>
public sealed class RunFenceTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SpacesServer _server = null!;
    private string _space = "";
    private string _sheet = "";
    private string _job = "";

    public async Task InitializeAsync()
    {
        _server = await SpacesServer.StartAsync(_folder.Path);
        _space = await _server.SpaceAsync();
        var workbook = await _server.DataAsync(
            "POST", "workbooks", $$"""{"spaceId":"{{_space}}","name":"W","sheets":[{"name":"S","slug":"s","fields":[{"key":"a","type":"string"}]}]}""");
        _sheet = (string)workbook["sheets"]![0]!["id"]!;
        _job = (string)(await _server.DataAsync("POST", "jobs", $$"""{"type":"space","operation":"count","source":"{{_space}}","trigger":"immediate"}"""))["id"]!;
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    [Trait("Row", "J-19")]
    public async Task TheNewestRunIsRememberedAlsoOverARestartAndAnOlderOneIsRefusedEveryChange()
    {
        Assert.Equal((200, "honoured"), await SendAsync("POST", $"jobs/{_job}/ack", "{}", 5));
        Assert.Equal((200, "honoured"), await InsertAsync(5));
        Assert.Equal((200, "honoured"), await InsertAsync(6));
        Assert.Equal((409, "older"), await InsertAsync(5));
        Assert.Equal((409, "older"), await SendAsync("POST", $"jobs/{_job}/ack", """{"progress":90}""", 5));
        Assert.Equal((409, "older"), await SendAsync("POST", $"jobs/{_job}/complete", "{}", 5));
        Assert.Equal((409, "older"), await SendAsync("PATCH", $"spaces/{_space}", """{"name":"Other"}""", 5));
        Assert.Equal((409, "older"), await SendAsync("DELETE", $"sheets/{_sheet}", null, 5));
        Assert.Equal((409, "older"), await SendAsync("POST", "spaces", """{"name":"Another"}""", 5));
        await _server.DisposeAsync();
        _server = await SpacesServer.StartAsync(_folder.Path);

        Assert.Equal((409, "older"), await InsertAsync(5));
        Assert.Equal((200, "honoured"), await InsertAsync(6));
        Assert.Equal((200, ""), await SendAsync("GET", $"jobs/{_job}", null, 5));
        var rows = await _server.DataAsync("GET", $"sheets/{_sheet}/counts");
        Assert.Equal(3, (int)rows["counts"]!["total"]!);
    }

    [Fact]
    [Trait("Row", "J-09")]
    [Trait("Row", "J-19")]
    public async Task TheRunOfAJobThatHasEndedChangesNothingButMaySayTheEndAgain()
    {
        Assert.Equal((200, "honoured"), await SendAsync("POST", $"jobs/{_job}/complete", "{}", 5));
        Assert.Equal((409, "ended"), await InsertAsync(5));
        Assert.Equal((409, "ended"), await SendAsync("POST", "spaces", """{"name":"Another"}""", 5));
        Assert.Equal((200, "honoured"), await SendAsync("POST", $"jobs/{_job}/complete", "{}", 5));
        Assert.Single(await _server.TopicsAsync(_space), topic => topic == "job:completed");
        await _server.DataAsync("DELETE", $"jobs/{_job}");
        Assert.Equal((409, "gone"), await InsertAsync(5));
        Assert.Equal(404, (await SendAsync("POST", $"jobs/{_job}/ack", "{}", 5)).Status);
    }

    [Theory]
    [InlineData("us_jb_1:x")]
    [InlineData("us_jb_1")]
    [InlineData(":3")]
    [InlineData("us_sp_1:3")]
    public async Task WhatIsNoFenceIsRefused(string fence) => Assert.Equal(400, (await SendAsync("POST", $"jobs/{_job}/ack", "{}", fence)).Status);

    [Fact]
    public async Task AKeyOfAnotherEnvironmentLearnsAndBlocksNothing()
    {
        var (_, stranger) = await _server.OtherEnvironmentAsync();
        var elsewhere = await _server.SpaceAsync(client: stranger);
        Assert.Equal((409, "gone"), await SendAsync("PATCH", $"spaces/{elsewhere}", """{"name":"B"}""", 999, stranger));
        Assert.Equal((200, "honoured"), await InsertAsync(5));
    }

    private Task<(int Status, string Fence)> InsertAsync(long fence) => SendAsync("POST", $"sheets/{_sheet}/records", """[{"a":{"value":"1"}}]""", fence);

    private Task<(int Status, string Fence)> SendAsync(string method, string path, string? body, long number, HttpClient? client = null) =>
        SendAsync(method, path, body, $"{_job}:{number}", client);

    private async Task<(int Status, string Fence)> SendAsync(string method, string path, string? body, string fence, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("X-Flatfile-Run-Fence", fence);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await (client ?? _server.Client).SendAsync(request);
        return ((int)response.StatusCode, response.Headers.TryGetValues("X-Flatfile-Run-Fence", out var values) ? string.Join(',', values) : "");
    }
}
