using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Tests.Export;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Agent.Handlers.Tests.Egress;

/// <summary>Rows a receiver rejects come back as messages; what it accepts is marked or deleted as the settings say.</summary>
public sealed class RejectionTests : IAsyncLifetime
{
    private EgressWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await EgressWorld.StartAsync(ExportWorld.Sheet("Numbers", ("n", PropertyType.String), ("age", PropertyType.Number)));
        await _world.Rows.AddNumbersAsync(0, 25);
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task ReasonsStandOnTheCellsOfAllPages()
    {
        _world.Receiver.Answer = (m, response) => response.WriteAsync(EgressWorld.Reject(m, n => n.EndsWith('7')).ToJsonString());

        var result = await _world.SubmitAsync("""{"pageSize":10,"filter":"valid"}""");

        Assert.Equal(Enumerable.Range(1, 25).Select(i => $"{i}"), _world.Taken());
        var rows = await _world.StoredAsync();
        Assert.Equal(["17", "7"], rows.Where(r => r.Value.Valid == false).Select(r => r.Key).Order());
        var message = Assert.Single(rows["7"].Values["n"].Messages!);
        Assert.Equal(("error", "7 is not welcome"), (message.Type, message.Message));
        Assert.StartsWith("25 rows were sent to 127.0.0.1: Numbers (25). 2 of them were rejected: the reasons stand on their cells. Correct them and submit again.", result.Message);
        Assert.EndsWith("127.0.0.1 says: Some are not welcome.", result.Message);
        Assert.Equal((2L, _world.SheetId), ((long)result.Details!["rowsRejected"]!, (string)result.Next!["id"]!));
    }

    [Fact]
    public async Task MessagesThatWereThereStayAndARepeatAddsNone()
    {
        var row = (await _world.StoredAsync())["7"];
        await _world.Rows.Client.Records.UpdateAsync(_world.SheetId, [new FlatfileRecordData
        {
            Id = row.Id, Values = new() { ["n"] = new CellValue { Value = row.Values["n"].Value, Messages = [new ValidationMessage { Type = "warn", Source = "custom-logic", Message = "of a hook" }] } },
        }]);
        _world.Receiver.Answer = (m, response) => response.WriteAsync(EgressWorld.Reject(m, n => n == "7").ToJsonString());

        await _world.SubmitAsync();
        await _world.SubmitAsync();

        Assert.Equal(["of a hook", "7 is not welcome"], (await _world.StoredAsync())["7"].Values["n"].Messages!.Select(m => m.Message));
    }

    [Fact]
    public async Task AReasonOnAnUnknownFieldAndARejectionOfAnUnknownRecordAreNotLost()
    {
        _world.Receiver.Answer = (m, response) =>
        {
            var answer = EgressWorld.Reject(m, n => n == "3", field: "nothing");
            answer["rejections"]!["sheets"]![0]!["rejectedRecords"]!.AsArray().Add((JsonNode)new JsonObject { ["id"] = "us_rc_other" });
            return response.WriteAsync(answer.ToJsonString());
        };

        var result = await _world.SubmitAsync();

        Assert.Equal("nothing: 3 is not welcome", Assert.Single((await _world.StoredAsync())["3"].Values["n"].Messages!).Message);
        Assert.Contains("1 rejections name records that were not sent and are left out.", result.Message);
    }

    [Fact]
    public async Task ARejectionThatCannotBeReadIsNoConsent()
    {
        _world.Receiver.Answer = (_, response) => response.WriteAsync("""{"rejections":["all of them"]}""");

        var fault = await Assert.ThrowsAsync<JobFailedException>(() => _world.SubmitAsync());

        Assert.StartsWith("The receiver took a page and rejects rows of it in a form that cannot be read (at $.rejections", fault.Message);
    }

    [Theory]
    [InlineData("OK")]
    [InlineData("[]")]
    [InlineData("""{"rejections":null}""")]
    [InlineData("""{"status":"fine"}""")]
    public async Task AnotherAnswerRejectsNothing(string answer)
    {
        _world.Receiver.Answer = (_, response) => response.WriteAsync(answer);

        Assert.Equal("25 rows were sent to 127.0.0.1: Numbers (25).", (await _world.SubmitAsync()).Message);
    }

    [Fact]
    public async Task TheStatusOfEachRowIsMarkedWithoutWakingHooks()
    {
        _world.Receiver.Answer = (m, response) => response.WriteAsync(EgressWorld.Reject(m, n => n == "7").ToJsonString());
        await CommitsAsync(1);

        await _world.SubmitAsync("""{"statusField":true,"pageSize":10}""");

        var rows = await _world.StoredAsync();
        Assert.Equal(["7"], rows.Where(r => r.Value.Values["submissionStatus"].Value!.Value.ToString() == "rejected").Select(r => r.Key));
        Assert.Equal(24, rows.Count(r => r.Value.Values["submissionStatus"].Value!.Value.ToString() == "submitted"));
        await CommitsAsync(1);
    }

    [Theory]
    [InlineData("delete", false)]
    [InlineData("asked", true)]
    public async Task AcceptedRowsAreDeletedAndTheOthersStay(string accepted, bool asks)
    {
        _world.Receiver.Answer = async (m, response) =>
        {
            if ((int)m.Body["page"]!["number"]! == 3)
            {
                // Never sent, so never deleted, valid as it is.
                await _world.Rows.AddAsync(0, """{"n":"late"}""");
            }

            await response.WriteAsync(EgressWorld.Reject(m, n => n.EndsWith('7'), delete: asks).ToJsonString());
        };

        var result = await _world.SubmitAsync("""{"pageSize":10}""", ("Egress:Accepted", accepted));

        Assert.Equal(["17", "7", "late"], (await _world.StoredAsync()).Keys.Order());
        Assert.Contains("The 23 rows that were accepted are deleted here.", result.Message);
    }

    [Fact]
    public async Task AReceiverAloneCannotDelete()
    {
        _world.Receiver.Answer = (m, response) => response.WriteAsync(EgressWorld.Reject(m, n => n == "7", delete: true).ToJsonString());

        var result = await _world.SubmitAsync("""{"accepted":"asked"}""");

        Assert.Equal(25, (await _world.StoredAsync()).Count);
        Assert.Contains("The receiver asked to delete the accepted rows, which the settings do not allow: they stay.", result.Message);
    }

    /// <summary>The commits said so far; events come a moment after their cause.</summary>
    private async Task CommitsAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        int said;
        while ((said = (await _world.Rows.Server.EventsAsync()).Count(e => e.Topic == "commit:created")) < count)
        {
            limit.Token.ThrowIfCancellationRequested();
        }

        Assert.Equal(count, said);
    }
}
