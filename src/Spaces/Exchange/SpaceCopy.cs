using System.Globalization;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Exchange;

/// <summary>A copy of a space's database, and what it says of the space.</summary>
/// <param name="Files">Number, size and hash of every file.</param>
/// <param name="Records">Every sheet's number, and how many records it has.</param>
/// <param name="Manifest">What the archive will say.</param>
internal sealed record SpaceCopy(
    IReadOnlyList<(long Number, long Size, string Sha256)> Files, IReadOnlyList<(long Sheet, long Total)> Records, SpaceManifest Manifest)
{
    /// <summary>Takes out what belongs to this server's life and not to the space: events on their way, and answers kept for repeats.</summary>
    public static SpaceCopy Tidy(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        connection.Execute("PRAGMA synchronous=OFF");
        connection.Execute("PRAGMA journal_mode=MEMORY");

        // Deleted content must not travel in the pages it leaves behind.
        connection.Execute("PRAGMA secure_delete=ON");
        connection.Execute("DELETE FROM outbox; DELETE FROM idempotency; DELETE FROM job_fences;");
        var space = Wire.Parse((string)connection.Scalar("SELECT body FROM space")!);
        var files = connection.Rows(
            "SELECT number, body FROM files WHERE state IS NOT 'purged' ORDER BY number",
            row =>
            {
                var body = Wire.Parse(row.GetString(1));
                return (row.GetInt64(0), (long)body["size"]!, body.Text("sha256")!);
            });
        var records = connection.Rows("SELECT sheets.number, total FROM sheets JOIN record_sheets ON record_sheets.sheet = sheets.records ORDER BY sheets.number", row => (row.GetInt64(0), row.GetInt64(1)));
        return new SpaceCopy(files, records, new SpaceManifest
        {
            Format = SpaceManifest.KnownFormat,
            Version = SpaceManifest.KnownVersion,
            Schema = Migrations.VersionOf(connection),
            SpaceId = space.Text("id")!,
            SpaceName = space.Text("name"),
            EnvironmentId = space.Text("environmentId")!,
            AccountId = "",
            ExportedAt = "",
            Counts = Counts(connection),
            Entries = [],
        });
    }

    /// <summary>Completes the manifest.</summary>
    public SpaceCopy With(SpaceFolder space, string exportedAt, ManifestEntry database) => this with
    {
        Manifest = Manifest with
        {
            EnvironmentId = space.EnvironmentId,
            AccountId = space.AccountId,
            ExportedAt = exportedAt,
            Records = Records.ToDictionary(one => new ResourceId(IdPrefix.Sheet, space.Number, one.Sheet).ToString(), one => one.Total),
            Entries =
            [
                database,
                .. Files.Select(file => new ManifestEntry(SpaceManifest.Files + file.Number.ToString(CultureInfo.InvariantCulture), file.Size, file.Sha256)),
            ],
        },
    };

    private static SortedDictionary<string, long> Counts(SqliteConnection connection) => new(StringComparer.Ordinal)
    {
        ["workbooks"] = ResourceTable.Workbooks.Count(connection),
        ["sheets"] = ResourceTable.Sheets.Count(connection),
        ["records"] = connection.Number("SELECT sum(total) FROM record_sheets"),
        ["files"] = ResourceTable.Files.Count(connection),
        ["documents"] = ResourceTable.Documents.Count(connection),
        ["jobs"] = ResourceTable.Jobs.Count(connection),
        ["commits"] = ResourceTable.Commits.Count(connection),
    };
}
