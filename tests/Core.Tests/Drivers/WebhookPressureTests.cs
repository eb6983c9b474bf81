using System.Net;
using System.Text;
using Contracts.Drivers;
using Contracts.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Drivers.Webhook;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Drivers;

public sealed class WebhookPressureTests
{
    private const int Limit = 10 * 1024 * 1024;

    [Theory]
    [Trait("Row", "E-19")]
    [InlineData(255 * 1024)]
    [InlineData(1024 * 1024)]
    [InlineData(Limit)]
    public async Task A_body_up_to_the_limit_is_taken_whole(int size)
    {
        await using var harness = await StartAsync();
        using var sender = harness.Sender();
        var body = Sized(size);

        using var answer = await sender.PostAsync(body);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var stored = Assert.Single(await harness.Queue.ReadAsync(WebhookQueue.QueueName, new HashSet<long>(), 10, long.MaxValue, CancellationToken.None));
        Assert.Equal(size, stored.Body.Length);
    }

    [Theory]
    [Trait("Row", "E-19")]
    [Trait("Row", "R3")]
    [InlineData(Limit + 1, true)]
    [InlineData(100 * 1024 * 1024, true)]
    [InlineData(100 * 1024 * 1024, false)]
    public async Task A_body_above_the_limit_is_refused_before_its_signature_is_computed_and_not_kept_in_memory(int size, bool saysItsLength)
    {
        await using var harness = await StartAsync();
        using var http = new HttpClient { BaseAddress = harness.Address };
        using var content = new EndlessContent(size, saysItsLength);
        using var request = new HttpRequestMessage(HttpMethod.Post, WebhookSender.Path) { Content = content };
        request.Headers.Add("webhook-id", "msg_1");
        request.Headers.Add("webhook-timestamp", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(new byte[32]));
        request.Headers.ExpectContinue = saysItsLength;
        var before = GC.GetTotalAllocatedBytes();

        using var answer = await http.SendAsync(request);

        // 413 although the signature is wrong: it was not looked at.
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 5L * Limit, $"{GC.GetTotalAllocatedBytes() - before} bytes were allocated.");
    }

    [Fact]
    [Trait("Row", "E-19")]
    public async Task A_body_nested_too_deeply_goes_to_the_dead_letters()
    {
        await using var harness = await StartAsync();
        using var sender = harness.Sender();
        var body = """{"id":"us_evt_1","topic":"a:b","context":{},"payload":{"x":""" + new string('[', 10_000) + new string(']', 10_000) + "}}";

        using var answer = await sender.PostAsync(body);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var letter = Assert.Single(await new StoredDeadLetters(harness.Database, TimeProvider.System).ListAsync(10, CancellationToken.None));
        Assert.Contains("nested too deeply", letter.Reason, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Row", "E-19")]
    public async Task An_event_with_a_million_members_is_taken()
    {
        await using var harness = await StartAsync(agent => agent.Webhook.MaxBodyBytes = 2 * Limit);
        using var sender = harness.Sender();
        var body = new StringBuilder("""{"id":"us_evt_1","topic":"a:b","context":{},"payload":{""");
        for (var i = 0; i < 1_000_000; i++)
        {
            body.Append('"').Append(i).Append("\":1,");
        }

        body.Append("\"z\":1}}");
        using var answer = await sender.PostAsync(body.ToString());

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("""{"received":1,"unreadable":0}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    [Trait("Row", "E-19")]
    public async Task Bodies_of_many_senders_at_once_stay_within_the_memory_for_all()
    {
        await using var harness = await StartAsync(agent => agent.Webhook.MaxBufferedBytes = 4L * Limit);
        using var sender = harness.Sender();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => sender.PostAsync(Sized(Limit, $"us_evt_{i}"))));

        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.TooManyRequests, a.StatusCode.ToString()));
        Assert.Contains(answers, a => a.StatusCode == HttpStatusCode.Accepted);
        Assert.Contains(answers, a => a is { StatusCode: HttpStatusCode.TooManyRequests, Headers.RetryAfter: not null });

        // What was refused is taken later: nothing of it is still counted.
        using var later = await sender.PostAsync(Sized(Limit, "us_evt_later"));
        Assert.Equal(HttpStatusCode.Accepted, later.StatusCode);
    }

    [Fact]
    [Trait("Row", "E-27")]
    public async Task The_answer_comes_after_the_durable_write_and_a_sender_that_left_before_it_has_one_effect()
    {
        await using var harness = await StartAsync();
        using var sender = harness.Sender();
        using var gone = new CancellationTokenSource();
        var committed = new Signal("the durable write");
        harness.Database.Probe = (write, isCommitted) =>
        {
            if (write == "queue.append" && isCommitted)
            {
                // The events are durable, the answer is not on its way yet: the sender goes.
                gone.Cancel();
                committed.Set();
            }
        };
        using (var http = new HttpClient { BaseAddress = harness.Address })
        {
            using var request = Signed(EventDriverHarness.Event("us_evt_1", "a", TimeProvider.System.GetUtcNow()), "msg_1");
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.SendAsync(request, gone.Token));
        }

        await committed.WaitAsync();
        harness.Database.Probe = null;
        await sender.DeliverAsync(EventDriverHarness.Event("us_evt_1", "a", TimeProvider.System.GetUtcNow()), "msg_1");
        await sender.DeliverAsync(EventDriverHarness.Event("us_evt_2", "a", TimeProvider.System.GetUtcNow()));
        var received = await ReceiveAsync(harness, 2);

        Assert.Equal(["us_evt_1", "us_evt_2"], received);
    }

    [Fact]
    [Trait("Row", "E-27")]
    public async Task Nothing_is_answered_while_the_write_is_not_durable()
    {
        await using var harness = await StartAsync();
        using var sender = harness.Sender();
        using var release = new ManualResetEventSlim();
        var reached = new Signal("the write");
        harness.Database.Probe = (write, isCommitted) =>
        {
            if (write == "queue.append" && !isCommitted)
            {
                reached.Set();
                release.Wait(TimeSpan.FromSeconds(20));
            }
        };
        var posting = sender.PostAsync(EventDriverHarness.Event("us_evt_1", "a", TimeProvider.System.GetUtcNow()));
        await reached.WaitAsync();
        Assert.False(posting.IsCompleted);
        release.Set();
        using var answer = await posting;

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Fact]
    [Trait("Row", "E-28")]
    public async Task A_flood_is_held_to_the_rate_and_what_was_accepted_is_all_handled()
    {
        const int Flood = 1_000;
        const int Burst = 50;
        const double Rate = 20;
        await using var harness = await StartAsync(agent =>
        {
            agent.Webhook.Burst = Burst;
            agent.Webhook.Rate = Rate;
        });
        using var sender = harness.Sender();
        var begun = TimeProvider.System.GetTimestamp();
        var accepted = new System.Collections.Concurrent.ConcurrentBag<string>();
        var refused = 0;
        await Parallel.ForAsync(0, Flood, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            using var answer = await sender.PostAsync(EventDriverHarness.Event($"us_evt_{i}", $"key{i % 9}", TimeProvider.System.GetUtcNow()));
            if (answer.StatusCode == HttpStatusCode.Accepted)
            {
                accepted.Add($"us_evt_{i}");
                return;
            }

            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
            Interlocked.Increment(ref refused);
        });
        var most = Burst + (Rate * TimeProvider.System.GetElapsedTime(begun).TotalSeconds) + 1;
        var received = await ReceiveAsync(harness, accepted.Count);

        Assert.Equal(Flood, accepted.Count + refused);
        Assert.InRange(accepted.Count, Burst, most);
        Assert.Equal(accepted.Order(StringComparer.Ordinal), received.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_memory_of_the_rate_limit_is_bounded()
    {
        var rate = new RequestRate(1, 1, TimeProvider.System);
        for (var i = 0; i < 50_000; i++)
        {
            rate.Refuse(new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]));
        }

        Assert.True(rate.Count <= RequestRate.MostAddresses);
        Assert.NotNull(rate.Refuse(new IPAddress([10, 9, 9, 9])));
    }

    [Fact]
    public void The_addresses_of_one_network_count_as_one()
    {
        var rate = new RequestRate(1, 1, TimeProvider.System);

        Assert.Null(rate.Refuse(IPAddress.Parse("2001:db8:1:2::1")));
        Assert.NotNull(rate.Refuse(IPAddress.Parse("2001:db8:1:2::ffff")));
        Assert.Null(rate.Refuse(IPAddress.Parse("2001:db8:1:3::1")));
        Assert.Null(rate.Refuse(IPAddress.Parse("192.0.2.1")));
        Assert.NotNull(rate.Refuse(IPAddress.Parse("::ffff:192.0.2.1")));
    }

    private static Task<WebhookHarness> StartAsync(Action<AgentOptions>? configure = null) => WebhookHarness.StartAsync(agent =>
    {
        agent.Webhook.Secrets.Add(WebhookHarness.Secret);
        agent.Webhook.MaxBufferedBytes = 1024L * Limit;
        configure?.Invoke(agent);
    });

    private static HttpRequestMessage Signed(string body, string id)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, WebhookSender.Path) { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", seconds);
        request.Headers.Add("webhook-signature", WebhookSender.Sign(WebhookHarness.Secret, id, seconds, bytes));
        return request;
    }

    private static byte[] Sized(int size, string id = "us_evt_1")
    {
        var head = $$$"""{"id":"{{{id}}}","topic":"a:b","context":{"spaceId":"us_sp_1"},"payload":{"x":"{{{string.Empty}}}""";
        const string Tail = "\"}}";
        return Encoding.UTF8.GetBytes(head + new string('x', size - head.Length - Tail.Length) + Tail);
    }

    private static async Task<IReadOnlyList<string>> ReceiveAsync(WebhookHarness harness, int count)
    {
        var received = new Arrivals<string>("deliveries");
        await using var running = new RunningDriver(harness.Driver(), (delivery, token) =>
        {
            received.Add(FlatfileEvent.Parse(delivery.Body).Id);
            return delivery.CompleteAsync(token);
        });
        await received.WaitForAsync(count);
        await Signal.UntilAsync(
            async () => (await harness.Queue.MeasureAsync(WebhookQueue.QueueName, CancellationToken.None)).Events == 0, "the queue to be empty");
        return received.Items;
    }

    /// <summary>A body that is never in memory as a whole.</summary>
    private sealed class EndlessContent(long size, bool saysItsLength) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var chunk = new byte[64 * 1024];
            try
            {
                for (var sent = 0L; sent < size; sent += chunk.Length)
                {
                    await stream.WriteAsync(chunk.AsMemory(0, (int)Math.Min(chunk.Length, size - sent)));
                }
            }
            catch (IOException)
            {
                // The server has answered and listens no longer.
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = size;
            return saysItsLength;
        }
    }
}
