using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Flow.Tests.Durability;

/// <summary>Uploads files of random bytes, and deletes some.</summary>
internal sealed class FileLane(string space, Random random) : Lane(random)
{
    private readonly Dictionary<string, string> _hashes = [];
    private readonly HashSet<string> _checked = [];
    private int _next;

    public override async Task CheckAsync(LoadClient client)
    {
        var files = (await client.GetAsync($"files?spaceId={space}&pageSize=1000")).AsArray();
        Assert.Equal(_hashes.Keys.Order(), files.Select(file => (string)file!["id"]!).Order());
        foreach (var (id, hash) in _hashes.Where(file => _checked.Add(file.Key)))
        {
            Assert.True(Convert.ToHexStringLower(SHA256.HashData(await client.BytesAsync($"files/{id}/download"))) == hash, $"the bytes of {id} are not those that were acknowledged");
        }
    }

    protected override (Call Call, Action<JsonNode> Acknowledged)? Next() => _hashes.Count > 20 && Random.Next(2) == 0 ? Delete() : Upload();

    private (Call, Action<JsonNode>) Upload()
    {
        var bytes = new byte[Random.Next(4) == 0 ? Random.Next(400_000) : Random.Next(5_000)];
        Random.NextBytes(bytes);
        var name = $"{_next++}.bin";
        var call = new Call("POST", "files")
        {
            Upload = () => new MultipartFormDataContent { { new StringContent(space), "spaceId" }, { new ByteArrayContent(bytes), "file", name } },
        };
        return (call, answer => _hashes.Add((string)answer["data"]!["id"]!, Convert.ToHexStringLower(SHA256.HashData(bytes))));
    }

    private (Call, Action<JsonNode>) Delete()
    {
        var id = _hashes.Keys.ElementAt(Random.Next(_hashes.Count));
        return (new Call("DELETE", "files/" + id) { MayBeGone = true }, _ => _hashes.Remove(id));
    }
}
