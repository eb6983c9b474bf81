using Flatfile.Api.Tests.Support;

namespace Flatfile.Api.Tests.Http;

public class AddressTests
{
    [Theory]
    [InlineData("http://h:1", "http://h:1/v1/")]
    [InlineData("http://h:1/", "http://h:1/v1/")]
    [InlineData("http://h:1/v1", "http://h:1/v1/")]
    [InlineData("http://h:1/v1/", "http://h:1/v1/")]
    [InlineData("http://h:1/api", "http://h:1/api/v1/")]
    [InlineData("http://h:1/api/v1/", "http://h:1/api/v1/")]
    [InlineData("https://platform.flatfile.com/api", "https://platform.flatfile.com/api/v1/")]
    public void EveryFormOfTheBaseAddressEndsAtV1(string given, string expected)
    {
        using var client = new FlatfileClient(new FlatfileClientOptions { BaseAddress = new Uri(given) });

        Assert.Equal(expected, client.BaseAddress.AbsoluteUri);
    }

    [Theory]
    [InlineData("ftp://h/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://user:pass@h/")]
    public void ABaseAddressThatIsNoPlainHttpAddressIsRefused(string given) =>
        Assert.Throws<ArgumentException>(() => new FlatfileClient(new FlatfileClientOptions { BaseAddress = new Uri(given) }));

    [Theory]
    [InlineData("v1/sheets/us_sh_1/records?commitId=us_vr_1", "/v1/sheets/us_sh_1/records?commitId=us_vr_1")]
    [InlineData("/v1/sheets/us_sh_1/records", "/v1/sheets/us_sh_1/records")]
    [InlineData("v1/sheets/a/../us_sh_1", "/v1/sheets/us_sh_1")]
    public async Task APathFromAnEventIsFollowed(string relative, string target)
    {
        await using var server = await TestServer.StartAsync("""{"data":{"records":[]}}""");
        using var client = server.Client();

        var data = await client.GetRelativeAsync(relative);

        Assert.Equal(0, data.GetProperty("records").GetArrayLength());
        Assert.Equal(target, server.Seen.Single().Target);
    }

    [Fact]
    public async Task FurtherParametersAreAppended()
    {
        await using var server = await TestServer.StartAsync("""{"data":{}}""");
        using var client = server.Client();

        await client.GetRelativeAsync("v1/sheets/s/records?commitId=c", [new("pageSize", "10"), new("q", "a b&c")]);
        await client.GetRelativeAsync("v1/sheets/s/records", [new("pageNumber", "2")]);

        Assert.Equal(["/v1/sheets/s/records?commitId=c&pageSize=10&q=a%20b%26c", "/v1/sheets/s/records?pageNumber=2"], server.Seen.Select(s => s.Target));
    }

    [Theory]
    [InlineData("//evil.com/x")]
    [InlineData("///evil.com/x")]
    [InlineData("//evil.com/v1/x")]
    [InlineData("//v1/x")]
    [InlineData("http://evil.com/v1/x")]
    [InlineData("https://evil.com")]
    [InlineData("HTTP://evil.com/v1/")]
    [InlineData(@"\\host\share")]
    [InlineData(@"/\evil.com/v1/")]
    [InlineData(@"v1\..\..\x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("file:v1/x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("user@evil.com/v1/x")]
    [InlineData("@evil.com/v1/x")]
    [InlineData(":80@evil.com/v1/")]
    [InlineData(".evil.com/v1/")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("?v1/")]
    [InlineData("sheets/us_sh_1")]
    [InlineData("v1")]
    [InlineData("v12/x")]
    [InlineData("v1/../admin")]
    [InlineData("v1/%2e%2e/admin")]
    [InlineData("v1/x#@evil.com")]
    [InlineData("v1/x\r\nHost: evil.com")]
    [InlineData("v1/x\ty")]
    [InlineData("\u0000v1/x")]
    [InlineData(" v1/x")]
    public async Task AnAddressFromAnEventThatLeadsElsewhereIsRefusedAndNothingIsSent(string relative)
    {
        await using var server = await TestServer.StartAsync("""{"data":{}}""");
        using var client = server.Client();

        await Assert.ThrowsAsync<ForeignAddressException>(() => client.GetRelativeAsync(relative));
        await Assert.ThrowsAsync<ForeignAddressException>(() => client.PutRelativeAsync(relative, w => w.WriteNullValue()));
        await Assert.ThrowsAsync<ForeignAddressException>(() => client.PostRelativeAsync(relative));
        Assert.Empty(server.Seen);
    }
}
