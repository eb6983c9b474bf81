using System.Net;
using System.Net.Sockets;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Agent.Handlers.Webhooks;

namespace Flatfile.Agent.Handlers.Tests.Webhooks;

/// <summary>No message leaves for this machine, a private network or another kind of service, however the address is written.</summary>
public sealed class ForbiddenAddressTests
{
    public static TheoryData<string> Urls =>
    [
        // This machine.
        "http://127.0.0.1/", "http://127.1/", "http://0/", "http://0.0.0.0/", "http://0x7f000001/", "http://2130706433/", "http://017700000001/", "http://127.0.0.1./",
        "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[::127.0.0.1]/",
        "http://localhost/", "http://localhost./", "http://LOCALHOST/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://127.255.255.254/", "http://[::1%25lo]/", "http://[fe80::1%25eth0]/",

        // Private networks, link-local addresses and the stores of cloud credentials.
        "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://[::ffff:169.254.169.254]/", "http://0xa9fea9fe/", "http://2852039166/", "http://[64:ff9b::a9fe:a9fe]/",
        "http://10.0.0.1/", "http://10.255.255.255/", "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.0.1/", "http://192.168.255.255/", "http://100.64.0.1/", "http://100.127.255.255/",
        "http://169.254.0.1/", "http://[fe80::1]/", "http://[fc00::1]/", "http://[fd12:3456::1]/", "http://[fec0::1]/",

        // Addresses of nobody and of everybody.
        "http://192.0.2.1/", "http://198.51.100.1/", "http://203.0.113.1/", "http://198.18.0.1/", "http://192.0.0.1/", "http://192.88.99.1/", "http://224.0.0.1/", "http://239.255.255.255/",
        "http://240.0.0.1/", "http://255.255.255.255/", "http://[ff02::1]/", "http://[2001:db8::1]/", "http://[2001::1]/", "http://[100::1]/",

        // No address of a webhook at all.
        "", " ", "file:///etc/passwd", "ftp://example.com/", "gopher://example.com/", "data:text/plain,x", "jar:http://example.com!/", "javascript:alert(1)", "ws://example.com/", "\\\\host\\share",
        "//evil.com/x", "/api/v1", "evil.com", "http://", "http:///x", "http://user@127.0.0.1/", "http://user:pass@example.com/", "http://a@b@c/", "http://evil.com#@127.0.0.1/", "http://example.com/\r\nX: y",
        "http://example.com/ x", "http://example.com\\@127.0.0.1/", "http://example.com/\0",

        // Other services.
        "http://example.com:22/", "http://example.com:25/", "http://example.com:5432/", "http://example.com:6379/", "http://example.com:11211/", "http://example.com:0/",
    ];

    [Theory]
    [MemberData(nameof(Urls))]
    public async Task ItIsRefusedBeforeAByteIsSent(string url)
    {
        var fault = await Assert.ThrowsAsync<WebhookRefusedException>(async () =>
        {
            using var sender = new WebhookSender(new WebhookOptions { Url = url, Secret = WebhookReceiver.Secret, MaxAttempts = 1 }, TimeProvider.System);
            await sender.SendAsync("msg_1", "{}"u8.ToArray(), CancellationToken.None);
        });

        Assert.DoesNotContain("did not take", fault.Message);
    }

    [Fact]
    public async Task AnAddressOfAListenerOfThisMachineIsNotConnectedTo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var sender = new WebhookSender(new WebhookOptions { Url = $"http://127.0.0.1:{port}/", Secret = WebhookReceiver.Secret }, TimeProvider.System);

        var fault = await Assert.ThrowsAsync<WebhookRefusedException>(() => sender.SendAsync("msg_1", "{}"u8.ToArray(), CancellationToken.None));

        Assert.Equal(
            "127.0.0.1 has the address 127.0.0.1, which is not one of the public internet, so nothing was sent. Send to a public address, or add the host to PrivateHosts.", fault.Message);
        Assert.False(listener.Pending());
    }

    /// <summary>Names whose owner points them at an inner address: from the start, besides a public one, or only at the second look.</summary>
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("93.184.215.14", "10.0.0.7")]
    [InlineData("93.184.215.14", "::ffff:169.254.169.254")]
    public async Task ANameThatLeadsInsideIsRefused(params string[] addresses)
    {
        var connection = new GuardedConnection([], (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()));
        using var sender = new WebhookSender(new WebhookOptions { Url = "http://127.0.0.1.nip.io/", Secret = WebhookReceiver.Secret }, TimeProvider.System, connection);

        var fault = await Assert.ThrowsAsync<WebhookRefusedException>(() => sender.SendAsync("msg_1", "{}"u8.ToArray(), CancellationToken.None));

        Assert.StartsWith("127.0.0.1.nip.io has the address ", fault.Message);
    }

    [Fact]
    public async Task ANameIsAskedForOnceAndTheAddressThatWasLookedAtIsConnectedTo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var asked = 0;

        // Allowed by its name, so that the test's own listener stands for the public address of the first answer.
        var connection = new GuardedConnection(["rebinding.test"], (_, _) => Task.FromResult(Interlocked.Increment(ref asked) == 1 ? [IPAddress.Loopback] : new[] { IPAddress.Parse("127.0.0.2") }));
        using var sender = new WebhookSender(
            new WebhookOptions { Url = $"http://rebinding.test:{port}/", Secret = WebhookReceiver.Secret, MaxAttempts = 1, TimeoutSeconds = 20 }, TimeProvider.System, connection);
        var sending = sender.SendAsync("msg_1", "{}"u8.ToArray(), CancellationToken.None);
        using var accepted = await listener.AcceptSocketAsync();
        await accepted.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());

        await sending;

        Assert.Equal(1, asked);
        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)accepted.LocalEndPoint!).Address);
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("93.184.215.14")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("2606:2800:21f:cb07:6820:80da:af6b:8b2c")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::808:808")]
    public void APublicAddressIsNotForbidden(string address) => Assert.True(PublicAddresses.Contains(IPAddress.Parse(address)));
}
