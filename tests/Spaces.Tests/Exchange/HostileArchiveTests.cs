using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Storage;
using Flatfile.Spaces.Tests.Files;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Exchange;

/// <summary>Archives that are broken, forged or meant to do harm: refused with a reason, and nothing of them stays.</summary>
public sealed partial class HostileArchiveTests : IAsyncLifetime
{
    private SpacesServer _server = null!;
    private string _space = "";
    private byte[] _archive = [];
    private Dictionary<string, byte[]> _entries = [];

    private byte[] Database
    {
        get => _entries["space.db"];
        set => _entries["space.db"] = value;
    }

    public async Task InitializeAsync()
    {
        _server = await SpacesServer.StartAsync(configure: options =>
        {
            options.MaxImportBytes = 8 * 1024 * 1024;
            options.MaxImportUnpackedBytes = 32 * 1024 * 1024;
        });
        _space = await _server.SpaceAsync("""{"name":"A","workbook":{"name":"W","sheets":[{"name":"S","slug":"s","fields":[{"key":"a","type":"string","constraints":[{"type":"unique"}]}]}]}}""");
        await _server.UploadAsync(_space);
        _archive = await _server.ExportAsync(_space);
        _entries = Archives.Entries(_archive);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task WhatIsForgedWithoutAFaultIsTaken() => Assert.Equal(200, (await _server.ImportAsync(Archives.Forge(_entries))).Status);

    [Theory]
    [InlineData("CREATE INDEX q_1_0 ON r_1(c0) WHERE c0 IS NOT NULL")]
    [InlineData("CREATE INDEX IF NOT EXISTS n_1_0 ON r_1(CAST(c0 AS REAL)) WHERE c0 IS NOT NULL")]
    [InlineData("CREATE TABLE s_4(id INTEGER PRIMARY KEY, bad TEXT, flags TEXT, extra TEXT, c0, c12)")]
    [InlineData("CREATE TABLE IF NOT EXISTS l_1_0(id INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (id, key)) WITHOUT ROWID; CREATE INDEX IF NOT EXISTS il_1_0 ON l_1_0(key)")]
    public async Task WhatTheServerMakesForSheetsIsTaken(string sql)
    {
        Database = Archives.Altered(Database, sql);
        var reply = await _server.ImportAsync(Archives.Forge(_entries));
        Assert.True(reply.Status == 200, reply.Text);
    }

    [Theory]
    [InlineData("environmentId", "")]
    [InlineData("environmentId", "us_")]
    [InlineData("environmentId", "a")]
    [InlineData("environmentId", "us_env_a\"b34567")]
    [InlineData("accountId", "")]
    [InlineData("accountId", "us_acc_")]
    [InlineData("accountId", "us_sp_12345678")]
    public Task NamesThatWouldBeReplacedInEverything(string member, string value) =>
        RefusedAsync(Archives.Forge(_entries, manifest => manifest[member] = value), "no environment or no account");

    [Theory]
    [InlineData("")]
    [InlineData("no zip at all, but long enough to have an end of its own somewhere")]
    public Task NoZip(string text) => RefusedAsync(Encoding.UTF8.GetBytes(text), "no ZIP");

    [Fact]
    public async Task CutOffAnywhere()
    {
        foreach (var length in Enumerable.Range(1, 12).Select(part => _archive.Length * part / 13).Append(_archive.Length - 1))
        {
            await RefusedAsync(_archive[..length], "");
        }
    }

    [Fact]
    public async Task ABitTurnedAnywhere()
    {
        var random = new Random(7);
        for (var i = 0; i < 40; i++)
        {
            var turned = _archive.ToArray();
            var place = random.Next(turned.Length);
            turned[place] ^= 0x10;
            var reply = await _server.ImportAsync(turned);
            Assert.True(reply.Status is 400 or 413 or 200, $"byte {place}: {reply.Status} {reply.Text}");
            if (reply.Status == 200)
            {
                // Times and attributes of entries mean nothing here, and the content is proven by its hash.
                await _server.DataAsync("DELETE", $"spaces/{reply.Json["data"]!["id"]}");
            }
        }

        await NothingStaysAsync();
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/etc/evil")]
    [InlineData("files/../../evil")]
    [InlineData("files\\..\\evil")]
    [InlineData("files/007")]
    [InlineData("files/1e3")]
    [InlineData("files/")]
    [InlineData("files/999999999999")]
    [InlineData("space.db/x")]
    public async Task NamesThatNoSpaceHas(string name)
    {
        _entries[name] = [1, 2, 3];
        await RefusedAsync(Archives.Forge(_entries), "which no space has");
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(_server.Folder)!, "evil", SearchOption.TopDirectoryOnly));
    }

    [Fact]
    public Task AnEntryOutsideTheManifest() =>
        RefusedAsync(Archives.Forge(_entries, also: zip => Put(zip, "files/4711", [1])), "not in its manifest");

    [Fact]
    public Task AnEntryTwice() => RefusedAsync(Archives.Forge(_entries, also: zip => Put(zip, "space.db", Database)), "twice");

    [Fact]
    public Task ALink() => RefusedAsync(Archives.Forge(_entries, also: zip =>
    {
        var entry = zip.CreateEntry("link");
        entry.ExternalAttributes = unchecked((int)0xA1FF0000);
    }), "link");

    [Fact]
    public Task AnEntryMissing() => RefusedAsync(
        Archives.Forge(_entries, said => said["entries"]!.AsArray().Add((JsonNode)new JsonObject { ["name"] = "files/9", ["size"] = 1, ["sha256"] = new string('0', 64) })), "without its entry");

    [Fact]
    public Task AnotherHash() => RefusedAsync(Archives.Forge(_entries, said => said["entries"]![1]!["sha256"] = new string('0', 64)), "size and the hash");

    [Fact]
    public Task MoreThanItSays() => RefusedAsync(Archives.Forge(_entries, said => said["entries"]![1]!["size"] = 1), "size and the hash");

    [Fact]
    public Task ABombIsStoppedAtTheSizeItSays()
    {
        // 200 MB of nothing packs into 200 kB; the manifest admits to a little.
        var name = _entries.Keys.Single(key => key.StartsWith("files/", StringComparison.Ordinal));
        _entries[name] = new byte[200_000_000];
        return RefusedAsync(Archives.Forge(_entries, said => said["entries"]!.AsArray().Single(one => (string)one!["name"]! == name)!["size"] = 1_000), "size and the hash");
    }

    [Fact]
    public async Task ABombThatSaysSoIsTooLarge()
    {
        _entries["files/77"] = new byte[33 * 1024 * 1024];
        Assert.Equal(413, (await _server.ImportAsync(Archives.Forge(_entries))).Status);
        await NothingStaysAsync();
    }

    [Fact]
    public async Task AnArchiveOverTheLimitIsTooLarge()
    {
        var reply = await _server.ImportAsync(new byte[(8 * 1024 * 1024) + 1]);
        Assert.Equal(413, reply.Status);
        Assert.Contains("8388608 bytes", reply.Message, StringComparison.Ordinal);
        await NothingStaysAsync();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"format":"flatfile-space","version":"one"}""")]
    [InlineData("not json")]
    public Task AManifestThatIsNone(string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put(zip, "manifest.json", Encoding.UTF8.GetBytes(text));
            Put(zip, "space.db", Database);
        }

        return RefusedAsync(bytes.ToArray(), "manifest");
    }

    [Theory]
    [InlineData("format", "\"other\"", "has the form")]
    [InlineData("version", "2", "has the form")]
    [InlineData("spaceId", "\"us_sp_x\"", "names no space")]
    [InlineData("spaceId", "\"us_sp_00000000\"", "")]
    [InlineData("schema", "99", "its manifest says 99")]
    public Task AManifestThatDoesNotFit(string member, string value, string why) =>
        RefusedAsync(Archives.Forge(_entries, said => said[member] = JsonNode.Parse(value)), why);

    [Fact]
    public async Task AnotherContentTypeOrAPackedBodyIsNotTaken()
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var response = await _server.Client.PostAsync("spaces/import", content);
        Assert.Equal(415, (int)response.StatusCode);
        await NothingStaysAsync();
    }

    [Fact]
    public async Task ANameMustBeOne()
    {
        Assert.Equal(400, (await _server.ImportAsync(_archive, "?name=%20")).Status);
        Assert.Equal(400, (await _server.ImportAsync(_archive, "?name=" + new string('x', 1025))).Status);
        await NothingStaysAsync();
    }

    [Fact]
    public async Task ASpaceOfAnotherEnvironmentIsNotExported()
    {
        var (_, stranger) = await _server.OtherEnvironmentAsync();
        using (stranger)
        {
            Assert.Equal(404, (await _server.SendAsync("GET", $"spaces/{_space}/export", client: stranger)).Status);
        }
    }

    private static void Put(ZipArchive zip, string name, byte[] content)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(content);
    }

    private async Task RefusedAsync(byte[] archive, string why)
    {
        var reply = await _server.ImportAsync(archive);
        Assert.True(reply.Status == 400, $"{reply.Status}: {reply.Text}");
        Assert.Contains(why, reply.Message, StringComparison.Ordinal);
        await NothingStaysAsync();
    }

    private async Task NothingStaysAsync()
    {
        Assert.Equal([_space], (await _server.DataAsync("GET", "spaces")).AsArray().Select(one => (string)one!["id"]!));
        Assert.Equal([_space], Directory.EnumerateDirectories(Path.Combine(_server.Folder, "spaces")).Select(Path.GetFileName));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_server.Folder, "uploads")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_server.Folder, "exports")));
    }
}
