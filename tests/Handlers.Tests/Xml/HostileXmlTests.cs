using System.Net;
using System.Net.Sockets;
using System.Text;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Xml;

/// <summary>XML made to hurt.</summary>
public sealed class HostileXmlTests
{
    private const string Definition = "This XML file has a document type definition in line 1 (<!DOCTYPE …>), which is not read because it can pull in other files or grow without end.";

    public static TheoryData<string> Definitions =>
    [
        "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r><p><a>&x;</a></p><p/></r>",
        "<!DOCTYPE r SYSTEM \"http://127.0.0.1:PORT/x.dtd\"><r><p><a>1</a></p><p><a>2</a></p></r>",
        "<!DOCTYPE r PUBLIC \"-//x\" \"http://127.0.0.1:PORT/x.dtd\"><r><p><a>1</a></p><p><a>2</a></p></r>",
        "<!DOCTYPE r [<!ENTITY % p SYSTEM \"http://127.0.0.1:PORT/x\"> %p;]><r><p><a>1</a></p><p><a>2</a></p></r>",
        "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><r>&c;</r>",
        "<!DOCTYPE r [<!ELEMENT r ANY>]><r><p><a>1</a></p></r>",
        "<!DOCTYPE r><r><p><a>1</a></p></r>",
        "<?xml version=\"1.0\"?><!-- <x> --><!DOCTYPE r><r/>",
    ];

    [Theory]
    [MemberData(nameof(Definitions))]
    public async Task ADefinitionIsRefusedAndNothingIsFetched(string text)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        text = text.Replace("PORT", ((IPEndPoint)listener.LocalEndpoint).Port.ToString());

        var plain = await FaultAsync(Encoding.UTF8.GetBytes(text), "x.xml");
        var wide = await FaultAsync([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)], "x.xml");
        var packed = await FaultAsync(Zip.Of(("x.xml", text)), "x.zip");

        Assert.StartsWith(Definition, plain);
        Assert.StartsWith(Definition, wide);
        Assert.Contains(Definition, packed);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task ReferencesToOtherFilesAreNotFollowed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/x";

        var file = await TablesRead.FromTextAsync(
            $"<?xml-stylesheet href='{url}'?><r xmlns:xi='http://www.w3.org/2001/XInclude' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:noNamespaceSchemaLocation='{url}'><p><a>1</a><xi:include href='{url}'/></p><p><a>2</a></p></r>", "x.xml");

        Assert.Equal([["1", url], ["2", ""]], file.Only.Rows);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task NestingWithoutEndIsRefusedAtItsDepth()
    {
        await using var endless = new RepeatingStream("<r>"u8.ToArray(), "<a>"u8.ToArray(), 10 * 1024 * 1024);

        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => TablesRead.FromStreamAsync(endless, "deep.xml", 0));

        Assert.StartsWith("This file nests its elements more than 256 levels deep in line 1, the limit.", fault.Message);
    }

    [Theory]
    [InlineData("<p a0='", "x", "A tag of this file, near line 2, is longer than 1 million characters, the limit.")]
    [InlineData("<p ", "a='1' ", "An element of this file, in line 2, has more than 2,000 attributes, the limit.")]
    [InlineData("<", "x", "A tag of this file, near line 2, is longer than 1 million characters, the limit.")]
    [InlineData("<p><a>", "x", "A record of this file, near line 2, is longer than 4 million characters, the limit.")]
    [InlineData("<p><a>", "<b/>", "A record of this file, near line 2, is longer than 4 million characters, the limit.")]
    [InlineData("<p><a><![CDATA[", "x", "A record of this file, near line 2, is longer than 4 million characters, the limit.")]
    [InlineData("<p><!--", "x", "A record of this file, near line 2, is longer than 4 million characters, the limit.")]
    public async Task WhatHasNoEndIsRefusedBehindTheRowsBefore(string begin, string again, string message)
    {
        await using var endless = new RepeatingStream(Encoding.UTF8.GetBytes($"<r><p><a>1</a></p><p><a>2</a></p>\n{begin}"), Encoding.UTF8.GetBytes(again), 20 * 1024 * 1024);

        var file = await TablesRead.FromStreamAsync(endless, "endless.xml", 0);

        Assert.Equal([["1"], ["2"]], file.Only.Rows.Select(r => new[] { r[0] }));
        Assert.StartsWith(message, file.Fault);
    }

    [Fact]
    public async Task NamesWithoutEndAreRefused()
    {
        var text = "<r>" + string.Concat(Enumerable.Range(0, 60_000).Select(i => $"<e{i}>1</e{i}>")) + "</r>";

        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => TablesRead.FromTextAsync(text, "names.xml"));

        Assert.StartsWith("This file has more than 50,000 different elements and attributes, the limit.", fault.Message);
    }

    [Fact]
    public async Task DashesAndBracketsDoNotEndWhatTheyStandIn()
    {
        var file = await TablesRead.FromTextAsync("<r><!--> - -> <!DOCTYPE x> --><p><a><![CDATA[ ]> ]]]></a></p><p b='>'><a>'\"</a></p><!----></r>", "x.xml");

        Assert.Equal([[" ]> ]", ""], ["'\"", ">"]], file.Only.Rows);
    }

    [Fact]
    public async Task ANulRefusesItsRecord()
    {
        var file = await TablesRead.FromTextAsync("<r><p><a>1</a></p><p><a>x&#0;y</a></p><p><a>&#x1F;</a></p></r>", "x.xml");

        Assert.Equal([["1"], ["\u001F"]], file.Only.Rows);
        Assert.Equal(["record 2 holds a NUL character, which is no text"], file.Only.Refused);
    }

    [Fact]
    public async Task DamageIsToldAndNeverThrowsAnythingElse()
    {
        var text = Encoding.UTF8.GetBytes("<?xml version='1.0'?><r v='1'>" + string.Concat(Enumerable.Range(0, 20).Select(i => $"<p id='{i}'><a>v{i}</a><l>x</l><l>y</l><c><d>ö</d></c><![CDATA[q]]></p>")) + "<!-- e --></r>");
        var random = new Random(6);
        for (var round = 0; round < 1_500; round++)
        {
            var damaged = (byte[])text.Clone();
            for (var hit = random.Next(1, 4); hit > 0; hit--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            _ = await FaultAsync(random.Next(4) == 0 ? damaged[..random.Next(damaged.Length)] : damaged, "d.xml");
        }
    }

    private static async Task<string> FaultAsync(byte[] bytes, string name)
    {
        try
        {
            return (await TablesRead.FromBytesAsync(bytes, name)).Fault ?? "";
        }
        catch (UnreadableFileException fault)
        {
            return fault.Message;
        }
    }
}
