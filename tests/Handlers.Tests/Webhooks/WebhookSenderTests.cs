using System.Net;
using System.Text;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Agent.Handlers.Webhooks;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Agent.Handlers.Tests.Webhooks;

/// <summary>Messages to a real HTTP server.</summary>
public sealed class WebhookSenderTests : IAsyncLifetime
{
    private readonly SkippedWaits _time = new();
    private WebhookReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    public async Task AMessageIsSignedAndItsAnswerComesBack()
    {
        _receiver.Answer = (_, response) => response.WriteAsync("""{"ok":true}""");

        var answer = await SendAsync(Options() with { Headers = new Dictionary<string, string> { ["X-Tenant"] = "red" } });

        Assert.Equal("""{"ok":true}""", Encoding.UTF8.GetString(answer.Span));
        var message = Assert.Single(_receiver.Messages);
        Assert.True(message.IsSigned);
        Assert.Equal("msg_1", message.Id);
        Assert.Equal("red", message.Headers["X-Tenant"]);
        Assert.InRange(message.Time, _time.GetUtcNow().ToUnixTimeSeconds() - 60, _time.GetUtcNow().ToUnixTimeSeconds());
    }

    [Fact]
    public async Task WhileOneSecretTakesThePlaceOfAnotherBothSign()
    {
        await SendAsync(Options() with { Secret = "whsec_" + Convert.ToBase64String(new byte[32]) + " " + WebhookReceiver.Secret });

        Assert.True(Assert.Single(_receiver.Messages).IsSigned);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task AReceiverThatIsBusyIsAskedAgainWithTheSameIdAndLongerWaits(int status)
    {
        _receiver.Answer = (_, response) => WebhookReceiver.Status(response, _receiver.Messages.Count < 4 ? status : 200);

        await SendAsync(Options());

        Assert.Equal(4, _receiver.Messages.Count);
        Assert.Single(_receiver.Messages.Select(m => m.Id).Distinct());
        Assert.Equal(3, _time.Waits.Count);
        Assert.All(_time.Waits.Zip([1, 2, 4]), w => Assert.InRange(w.First.TotalSeconds, w.Second * 0.8, w.Second * 1.2));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("86400", 60)]
    public async Task RetryAfterIsKeptUpToAMinute(string header, int seconds)
    {
        _receiver.Answer = (_, response) =>
        {
            response.Headers.RetryAfter = header;
            return WebhookReceiver.Status(response, _receiver.Messages.Count < 2 ? 429 : 200);
        };

        await SendAsync(Options());

        Assert.Equal([TimeSpan.FromSeconds(seconds)], _time.Waits);
    }

    [Fact]
    public async Task AReceiverThatStaysAwayIsTold()
    {
        _receiver.Answer = (_, response) => WebhookReceiver.Status(response, 500);

        var fault = await Assert.ThrowsAsync<WebhookUnreachableException>(() => SendAsync(Options()));

        Assert.Equal("127.0.0.1 did not take the message in 6 attempts, at last: it answered 500 InternalServerError. See whether the receiver runs, then try again.", fault.Message);
        Assert.Equal(6, _receiver.Messages.Count);
    }

    [Fact]
    public async Task AConnectionThatBreaksIsTriedAgain()
    {
        _receiver.Answer = (_, response) =>
        {
            if (_receiver.Messages.Count == 1)
            {
                response.HttpContext.Abort();
            }

            return Task.CompletedTask;
        };

        await SendAsync(Options());

        Assert.Equal(2, _receiver.Messages.Count);
    }

    [Theory]
    [InlineData(301, "it answered 301 MovedPermanently. Redirects are not followed: set Url of the webhook to where it leads.")]
    [InlineData(307, "it answered 307 RedirectKeepVerb. Redirects are not followed: set Url of the webhook to where it leads.")]
    [InlineData(400, "it answered 400 BadRequest. The receiver's log says why; correct it there and submit again.")]
    [InlineData(401, "it answered 401 Unauthorized. Check that the receiver knows the webhook's secret, and its headers.")]
    [InlineData(404, "it answered 404 NotFound. Check the path in Url of the webhook.")]
    [InlineData(413, "it answered 413 RequestEntityTooLarge. Send smaller pages: lower pageSize.")]
    public async Task ARefusalIsNotRepeatedAndSaysWhatToDo(int status, string message)
    {
        _receiver.Answer = (_, response) =>
        {
            response.Headers.Location = "http://127.0.0.1/elsewhere";
            response.StatusCode = status;
            return response.WriteAsync("the insides of a service");
        };

        var fault = await Assert.ThrowsAsync<WebhookRefusedException>(() => SendAsync(Options()));

        Assert.EndsWith(message, fault.Message);
        Assert.DoesNotContain("insides", fault.ToString());
        Assert.Single(_receiver.Messages);
    }

    [Fact]
    public async Task AnEndlessAnswerIsNotReadToItsEnd()
    {
        _receiver.Answer = async (_, response) =>
        {
            var block = new byte[64 * 1024];
            while (!response.HttpContext.RequestAborted.IsCancellationRequested)
            {
                await response.Body.WriteAsync(block, response.HttpContext.RequestAborted);
            }
        };

        var fault = await Assert.ThrowsAsync<WebhookRefusedException>(() => SendAsync(Options()));

        Assert.Contains("answered with more than 1,048,576 bytes", fault.Message);
    }

    [Fact]
    public async Task AnAnswerThatDoesNotComeIsGivenUp()
    {
        var asked = 0;
        _receiver.Answer = async (_, response) =>
        {
            if (Interlocked.Increment(ref asked) == 1)
            {
                await Task.Delay(Timeout.Infinite, response.HttpContext.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        };

        await SendAsync(Options() with { TimeoutSeconds = 1 });

        Assert.Equal(2, _receiver.Messages.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("not base64 at all")]
    public async Task WithoutASecretNothingIsSent(string? secret)
    {
        var fault = await Assert.ThrowsAsync<WebhookRefusedException>(() => SendAsync(Options() with { Secret = secret }));

        Assert.StartsWith("The webhook has no secret to sign with, or one that is none. Set Secret to whsec_", fault.Message);
        Assert.Empty(_receiver.Messages);
    }

    private WebhookOptions Options() => new() { Url = _receiver.Address.AbsoluteUri, Secret = WebhookReceiver.Secret, PrivateHosts = ["127.0.0.1"] };

    private async Task<ReadOnlyMemory<byte>> SendAsync(WebhookOptions options)
    {
        using var sender = new WebhookSender(options, _time);
        return await sender.SendAsync("msg_1", "{}"u8.ToArray(), CancellationToken.None);
    }
}
