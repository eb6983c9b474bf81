using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Contracts.Drivers;
using Contracts.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Drivers.Webhook;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Drivers;

public sealed class WebhookEndpointTests : IAsyncLifetime
{
    private const string OtherSecret = "whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWY=";
    private const string Token = "0123456789abcdef0123456789abcdef";

    private WebhookHarness _harness = null!;
    private WebhookSender _sender = null!;

    public Task InitializeAsync() => StartAsync();

    public async Task DisposeAsync()
    {
        _sender.Dispose();
        await _harness.DisposeAsync();
    }

    [Theory]
    [InlineData("EVENT", 1)]
    [InlineData("[EVENT,EVENT2]", 2)]
    [InlineData("""{"data":[EVENT,EVENT2]}""", 2)]
    [InlineData("""{"type":"flatfile.event","timestamp":"2026-01-01T00:00:00Z","data":EVENT}""", 1)]
    [InlineData("[]", 0)]
    public async Task Every_form_of_body_is_stored_in_order_before_the_answer(string body, int count)
    {
        using var answer = await _sender.PostAsync(body.Replace("EVENT2", Event("us_evt_2"), StringComparison.Ordinal).Replace("EVENT", Event("us_evt_1"), StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(count, (await answer.Content.ReadFromJsonAsync<JsonObject>())!["received"]!.GetValue<int>());
        Assert.Equal(Enumerable.Range(1, count).Select(i => $"us_evt_{i}"), (await StoredAsync()).Select(e => e.Id));
    }

    [Fact]
    [Trait("Row", "R3")]
    public async Task A_wrong_signature_is_refused_before_the_body_is_read_as_anything_and_says_nothing()
    {
        var now = TimeProvider.System.GetUtcNow();
        var body = Encoding.UTF8.GetBytes("no json at all");
        using var stranger = _harness.Sender(OtherSecret);
        using var unsigned = _harness.Sender(null);
        HttpResponseMessage[] answers =
        [
            await stranger.PostAsync(body),
            await unsigned.PostAsync(body),
            await _sender.PostAsync(body, at: now - TimeSpan.FromMinutes(6)),
            await _sender.PostAsync(body, at: now + TimeSpan.FromMinutes(6)),
            await _sender.PostAsync(body, "msg_1", now, WebhookSender.Sign(WebhookHarness.Secret, "msg_2", Seconds(now), body)),
            await _sender.PostAsync(body, "msg_1", now, WebhookSender.Sign(WebhookHarness.Secret, "msg_1", Seconds(now), "other"u8.ToArray())),
            await _sender.PostAsync(body, "msg_1", now, WebhookSender.Sign(WebhookHarness.Secret, "msg_1", Seconds(now), body).Replace("v1,", "v2,", StringComparison.Ordinal)),
            await _sender.PostAsync(body, "msg_1", now, "v1,"),
            await _sender.PostAsync(body, "msg_1", now, "v1,not-base64"),
        ];

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Unauthorized, a.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync()))).Distinct());
        Assert.Empty(await StoredAsync());
        Assert.Empty(await LettersAsync());
    }

    [Fact]
    [Trait("Row", "R3")]
    public async Task Several_secrets_count_at_once_and_of_several_signatures_one_is_enough()
    {
        await StartAsync(WebhookHarness.Secret, OtherSecret);
        using var old = _harness.Sender(OtherSecret);
        using var first = await _sender.PostAsync(Event("us_evt_1"));
        using var second = await old.PostAsync(Event("us_evt_2"));
        var body = Encoding.UTF8.GetBytes(Event("us_evt_3"));
        var now = TimeProvider.System.GetUtcNow();
        using var both = await _sender.PostAsync(
            body, "msg_3", now, "v1a,abc v1,AAAA " + WebhookSender.Sign(WebhookHarness.Secret, "msg_3", Seconds(now), body));

        Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.Accepted], [first.StatusCode, second.StatusCode, both.StatusCode]);
        Assert.Equal(3, (await StoredAsync()).Count);
    }

    [Fact]
    public async Task A_token_counts_instead_of_a_signature()
    {
        await StartAsync(configure: w => w.Tokens.Add(Token));
        using var http = new HttpClient { BaseAddress = _harness.Address };

        async Task<HttpStatusCode> PostAsync(string? token)
        {
            http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            using var answer = await http.PostAsync(WebhookSender.Path, new StringContent(Event("us_evt_1"), Encoding.UTF8, "application/json"));
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(Token));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(Token + "0"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(null));
    }

    [Fact]
    public async Task Without_credentials_only_this_machine_may_post_and_only_json()
    {
        await StartAsync(configure: _ => { });
        using var http = new HttpClient { BaseAddress = _harness.Address };

        async Task<HttpStatusCode> PostAsync(string type = "application/json", string? forwarded = null, string? host = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, WebhookSender.Path) { Content = new StringContent(Event("us_evt_1"), Encoding.UTF8, type) };
            request.Headers.Host = host;
            if (forwarded is not null)
            {
                request.Headers.Add("X-Forwarded-For", forwarded);
            }

            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.Accepted, await PostAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("text/plain"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(forwarded: "203.0.113.9"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(host: "evil.example.com"));
    }

    [Fact]
    [Trait("Row", "R3")]
    public async Task A_message_sent_again_is_taken_but_not_stored_again_also_after_a_restart_and_after_it_was_handled()
    {
        var body = Event("us_evt_1");
        using var first = await _sender.PostAsync(body, "msg_1");
        using var second = await _sender.PostAsync(body, "msg_1");
        Assert.Single(await StoredAsync());

        var received = new Arrivals<string>("deliveries");
        await using (var running = new RunningDriver(await _harness.StartDriverAsync(), (delivery, token) => ReceiveAsync(delivery, received, token)))
        {
            await received.WaitForAsync(1);
            await Signal.UntilAsync(async () => (await StoredAsync()).Count == 0, "the queue to be empty");
            using var third = await _sender.PostAsync(body, "msg_1");
            Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.Accepted], [first.StatusCode, second.StatusCode, third.StatusCode]);
            await _sender.DeliverAsync(Event("us_evt_2"));
            await received.WaitForAsync(2);
        }

        Assert.Equal(["us_evt_1", "us_evt_2"], received.Items);
    }

    [Theory]
    [Trait("Row", "E-15")]
    [InlineData("this is no JSON")]
    [InlineData("""{"hello":"world"}""")]
    [InlineData("""[{"id":"us_evt_9","topic":"x"}]""")]
    [InlineData("42")]
    public async Task What_is_no_event_is_taken_and_kept_among_the_dead_letters(string body)
    {
        using var answer = await _sender.PostAsync(body, "msg_1");
        using var again = await _sender.PostAsync(body, "msg_1");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        var letter = Assert.Single(await LettersAsync());
        Assert.Equal(body.Trim('[', ']'), Encoding.UTF8.GetString(letter.Body.Span));
        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task A_good_event_beside_a_bad_one_is_stored()
    {
        using var answer = await _sender.PostAsync($"[{Event("us_evt_1")},7,{Event("us_evt_2")}]");

        Assert.Equal("""{"received":2,"unreadable":1}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal(2, (await StoredAsync()).Count);
        Assert.Single(await LettersAsync());
    }

    [Fact]
    public async Task A_full_queue_and_a_store_that_is_away_ask_the_sender_to_come_again()
    {
        await StartAsync(configure: w =>
        {
            w.Secrets.Add(WebhookHarness.Secret);
            w.MaxQueuedEvents = 1;
        });
        _harness.Database.Probe = (_, _) => throw new IOException("away");
        using var away = await _sender.PostAsync(Event("us_evt_1"), "msg_1");
        _harness.Database.Probe = null;
        using var taken = await _sender.PostAsync(Event("us_evt_1"), "msg_1");
        await Signal.UntilAsync(
            async () =>
            {
                using var full = await _sender.PostAsync(Event("us_evt_2"), "msg_2");
                return full is { StatusCode: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter: not null };
            },
            "the queue to be full");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Assert.NotNull(away.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        Assert.InRange((await StoredAsync()).Count, 1, 2);
    }

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Event(string id) => EventDriverHarness.Event(id, "us_sp_1", TimeProvider.System.GetUtcNow());

    private static Task ReceiveAsync(EventDelivery delivery, Arrivals<string> received, CancellationToken token)
    {
        received.Add(FlatfileEvent.Parse(delivery.Body).Id);
        return delivery.CompleteAsync(token);
    }

    private async Task StartAsync(params string[] secrets) => await StartAsync(secrets.Length == 0 ? null : w => secrets.ToList().ForEach(w.Secrets.Add));

    private async Task StartAsync(Action<WebhookOptions>? configure)
    {
        if (_harness is not null)
        {
            await DisposeAsync();
        }

        _harness = await WebhookHarness.StartAsync(configure is null ? null : agent => configure(agent.Webhook));
        _sender = _harness.Sender();
    }

    private Task<IReadOnlyList<QueuedEvent>> StoredAsync() =>
        _harness.Queue.ReadAsync(WebhookQueue.QueueName, new HashSet<long>(), 1_000, long.MaxValue, CancellationToken.None);

    private Task<IReadOnlyList<DeadLetter>> LettersAsync() => new StoredDeadLetters(_harness.Database, TimeProvider.System).ListAsync(100, CancellationToken.None);
}
