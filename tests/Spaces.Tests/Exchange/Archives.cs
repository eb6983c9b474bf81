using System.IO.Compression;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Tests.Support;
using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Tests.Exchange;

/// <summary>Archives as tests send, take apart and forge them.</summary>
internal static partial class Archives
{
    public static async Task<byte[]> ExportAsync(this SpacesServer server, string space)
    {
        using var response = await server.Client.GetAsync($"spaces/{space}/export");
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync();
    }

    public static async Task<Reply> ImportAsync(this SpacesServer server, byte[] archive, string query = "", HttpClient? client = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "spaces/import" + query) { Content = new ByteArrayContent(archive) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var response = await (client ?? server.Client).SendAsync(request);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public static Dictionary<string, byte[]> Entries(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        });
    }

    /// <summary>An archive of these entries, with a manifest that fits them unless it was changed on purpose.</summary>
    public static byte[] Forge(Dictionary<string, byte[]> entries, Action<JsonObject>? manifest = null, Action<ZipArchive>? also = null)
    {
        var said = JsonNode.Parse(entries["manifest.json"])!.AsObject();
        said["entries"] = new JsonArray([.. entries.Where(entry => entry.Key != "manifest.json").Select(entry => (JsonNode)new JsonObject
        {
            ["name"] = entry.Key, ["size"] = entry.Value.Length, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(entry.Value)),
        })]);
        manifest?.Invoke(said);
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(name == "manifest.json" ? Encoding.UTF8.GetBytes(said.ToJsonString()) : content);
            }

            also?.Invoke(zip);
        }

        return bytes.ToArray();
    }

    /// <summary>Runs statements on the database of an archive.</summary>
    public static byte[] Altered(byte[] database, string sql)
    {
        SqliteLibrary.Use();
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, database);
            using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
            {
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                command.ExecuteNonQuery();
            }

            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Every row of every table, with the space's number taken out of its ids.</summary>
    public static List<string> Dump(byte[] database, string space)
    {
        SqliteLibrary.Use();
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, database);
            using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
            connection.Open();
            var lines = new List<string>();
            foreach (var (name, sql) in Rows(connection, "SELECT name, coalesce(sql, '') FROM sqlite_master ORDER BY name", reader => (reader.GetString(0), reader.GetString(1))))
            {
                lines.Add($"{name}: {sql}");
                if (sql.StartsWith("CREATE TABLE", StringComparison.Ordinal))
                {
                    lines.AddRange(Rows(connection, $"SELECT * FROM {name}", reader => $"{name}: " + string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => reader[i]))));
                }
            }

            return [.. lines.Select(line => WithoutSpace(line, space))];
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A text without the numbers of a space in its ids.</summary>
    public static string WithoutSpace(string text, string space)
    {
        Assert.True(ResourceId.TryParse("us_sp_", space, out var own));
        return Id().Replace(text, match => ResourceId.TryParse(match.Groups[1].Value, match.Value, out var id) && id.Space == own.Space
            ? $"{id.Prefix}#{id.Number}" : match.Value);
    }

    private static List<T> Rows<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> row)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    [GeneratedRegex("(us_[a-z]+_)[0-9A-Za-z]{8}(?![0-9A-Za-z])", RegexOptions.None, 10_000)]
    private static partial Regex Id();
}
