using Flatfile.Agent.Handlers.Tests.Export;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Agent.Handlers.Webhooks;
using Flatfile.Api;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Agent.Handlers.Tests.Egress;

/// <summary>Egress out of the real server into a real HTTP server.</summary>
public sealed class SubmitToWebhookTests : IAsyncLifetime
{
    private EgressWorld _world = null!;

    public async Task InitializeAsync() => _world = await EgressWorld.StartAsync(
        ExportWorld.Sheet("Numbers", ("n", PropertyType.String), ("age", PropertyType.Number)), ExportWorld.Sheet("More", ("n", PropertyType.String)));

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task NotOnlyTheFirstTenThousandRowsAreSent()
    {
        await _world.Rows.AddNumbersAsync(0, 10_500);
        await _world.Rows.AddNumbersAsync(1, 3);

        var result = await _world.SubmitAsync();

        Assert.Equal(Enumerable.Range(1, 10_500).Concat([1, 2, 3]).Select(i => $"{i}"), _world.Taken());
        Assert.Equal("10,503 rows were sent to 127.0.0.1: Numbers (10,500), More (3).", result.Message);
        Assert.Equal((10_503L, 12), ((long)result.Details!["rowsSent"]!, (int)result.Details["messages"]!));
        Assert.All(_world.Receiver.Messages, m => Assert.True(m.IsSigned));
        Assert.Equal("tests", _world.Receiver.Messages.First().Headers["X-From"]);
    }

    [Fact]
    public async Task AMessageHasTheFormOfFlatfilesOwnEgress()
    {
        await _world.Rows.AddAsync(0, """{"n":"a","age":"old"}""");

        await _world.SubmitAsync("""{"sheets":["numbers"]}""");

        var body = Assert.Single(_world.Receiver.Messages).Body;
        Assert.Equal((_world.Rows.Workbook.Id, "CRM"), ((string)body["workbook"]!["id"]!, (string)body["workbook"]!["name"]!));
        var sheet = Assert.Single(body["workbook"]!["sheets"]!.AsArray())!;
        Assert.Equal(("numbers", true, 2), ((string)sheet["slug"]!, (bool)sheet["success"]!, sheet["config"]!["fields"]!.AsArray().Count));
        Assert.Equal(("old", false), ((string)sheet["records"]![0]!["values"]!["age"]!["value"]!, (bool)sheet["records"]![0]!["valid"]!));
        Assert.NotEmpty(sheet["records"]![0]!["values"]!["age"]!["messages"]!.AsArray());
        Assert.Equal("""{"sheetId":"SHEET","number":1,"rowsBefore":0,"rows":1,"isLast":true}""".Replace("SHEET", _world.SheetId), body["page"]!.ToJsonString());
    }

    [Fact]
    public async Task AReceiverThatAnswers500DoesNotMakeACompletedJob()
    {
        await _world.Rows.AddNumbersAsync(0, 2_500);
        _world.Receiver.Answer = (m, response) => WebhookReceiver.Status(response, (int)m.Body["page"]!["number"]! == 2 ? 500 : 200);
        var context = await _world.JobAsync();

        var fault = await Assert.ThrowsAsync<WebhookUnreachableException>(() => _world.RunAsync(context));

        Assert.Contains("500 InternalServerError", fault.Message);
        _world.Receiver.Answer = (_, _) => Task.CompletedTask;
        await _world.RunAsync(context);
        Assert.Equal(Enumerable.Range(1, 2_500).Select(i => $"{i}"), _world.Taken(_world.SheetId));
    }

    [Fact]
    public async Task ARefusedPageFailsTheJobAndSaysHowFarItCame()
    {
        await _world.Rows.AddNumbersAsync(0, 2_500);
        _world.Receiver.Answer = (m, response) => WebhookReceiver.Status(response, (int)m.Body["page"]!["number"]! == 3 ? 401 : 200);

        var fault = await Assert.ThrowsAsync<JobFailedException>(() => _world.SubmitAsync());

        Assert.Equal(
            "127.0.0.1 refused the message: it answered 401 Unauthorized. Check that the receiver knows the webhook's secret, and its headers. 2,000 rows were sent before.", fault.Message);
        Assert.Equal(2_000L, (long)fault.Details!["rowsSent"]!);
    }

    /// <summary>Death at every call and checkpoint, and a second life: each row is taken once, under the id its page had before.</summary>
    [Fact]
    public async Task AFailedPageIsNotSkippedWhereverTheRunDies()
    {
        await _world.Rows.AddNumbersAsync(0, 25);
        for (var place = 1; ; place++)
        {
            _world.Receiver.Messages.Clear();
            var context = await _world.JobAsync("""{"pageSize":10}""");
            using var way = new DyingHandler(_world.Rows.Client.BaseAddress, place);
            context.BeforeSave = way.Pass;
            using var client = way.Client(_world.Rows.Server.Key);
            var died = await Record.ExceptionAsync(() => _world.RunAsync(context, client));
            context.BeforeSave = () => { };
            way.Revive();

            var result = await _world.RunAsync(context, client);

            Assert.Equal(Enumerable.Range(1, 25).Select(i => $"{i}"), _world.Taken());
            Assert.Equal(25L, (long)result.Details!["rowsSent"]!);
            Assert.Equal(4, _world.Receiver.Messages.Select(m => m.Id).Distinct().Count());
            if (died is null)
            {
                Assert.True(place > 12, $"Only {place} places were met.");
                break;
            }
        }
    }

    [Fact]
    public async Task RowsDeletedAndAddedWhileItGoesOnMakeItNeitherSkipNorRepeatOne()
    {
        await _world.Rows.AddNumbersAsync(0, 30);
        var ids = (await _world.StoredAsync()).ToDictionary(r => r.Key, r => r.Value.Id);
        _world.Receiver.Answer = async (m, _) =>
        {
            if ((int)m.Body["page"]!["number"]! == 1)
            {
                await _world.Rows.Client.Records.DeleteAsync(_world.SheetId, [ids["3"], ids["9"], ids["10"]]);
                await _world.Rows.AddAsync(0, """{"n":"31"}""");
            }
        };

        await _world.SubmitAsync("""{"pageSize":10,"sheets":["numbers"]}""");

        Assert.Equal(Enumerable.Range(1, 31).Select(i => $"{i}"), _world.Taken());
    }

    [Fact]
    public async Task OnlyTheRowsOfAFilterAreSent()
    {
        await _world.Rows.AddAsync(0, """{"n":"1","age":5}""", """{"n":"2","age":"x"}""", """{"n":"3","age":7}""");

        await _world.SubmitAsync("""{"filter":"valid"}""");

        Assert.Equal(["1", "3"], _world.Taken());
    }

    [Theory]
    [InlineData("""{"url":"https://example.com/hook"}""", "The job asks to send to example.com, which the settings do not allow. Add the host to JobHosts of the webhook, or leave url out.")]
    [InlineData("""{"sheets":["nobody"]}""", "There is no sheet to submit. The workbook has: numbers, more. Name one of them in the option sheets.")]
    [InlineData("""{"pageSize":0}""", "A pageSize of 0 is not possible. Give one from 1 to 10,000.")]
    public async Task WhatCannotBeDoneIsSaid(string input, string message)
    {
        var fault = await Assert.ThrowsAsync<JobFailedException>(() => _world.SubmitAsync(input));

        Assert.StartsWith(message, fault.Message);
        Assert.Empty(_world.Receiver.Messages);
    }

    [Fact]
    public async Task AJobMayNameAHostThatTheSettingsAllow()
    {
        await _world.SubmitAsync($$"""{"url":"{{_world.Receiver.Address}}?own=1","accepted":"delete"}""", ("Webhook:Url", "https://example.com/"), ("Webhook:JobHosts:0", "127.0.0.1"));

        Assert.NotEmpty(_world.Receiver.Messages);
    }

    [Fact]
    public async Task WithoutSettingsTheJobFailsAndSaysWhatToSet()
    {
        var fault = await Assert.ThrowsAsync<JobFailedException>(() => _world.SubmitAsync(null, ("Webhook:Url", "")));

        Assert.Equal("No address is set to send to. Set Url of the webhook in the settings. 0 rows were sent before.", fault.Message);
    }
}
