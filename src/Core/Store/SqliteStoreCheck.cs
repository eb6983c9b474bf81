using System.Globalization;
using Flatfile.Agent.Core.Startup;
using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Store;

/// <summary>Looks at the file <c>agent.db</c>: the library that reads it, whether the file is whole, and the space beside it.</summary>
internal sealed class SqliteStoreCheck(AgentDatabase database, IOptions<AgentOptions> options) : IDoctorCheck
{
    private const long Scarce = 256L * 1024 * 1024;
    private static readonly Version Repaired = new(3, 51, 3);

    public string Subject => "Agent store (SQLite)";

    public bool IsUsed => database is SqliteAgentDatabase;

    public Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(options.Value.DataFolder);
        var file = Path.Combine(folder, "agent.db");
        List<DoctorFinding> findings = [Library(SqliteLibrary.Use())];
        findings.AddRange(File.Exists(file) ? Look(file) : [new DoctorFinding(DoctorLevel.Good, $"{file} is not there yet; the first start makes it.")]);
        findings.Add(Space(folder));
        return Task.FromResult<IReadOnlyList<DoctorFinding>>(findings);
    }

    private static DoctorFinding Library(string library) =>
        Version.TryParse(library.Split(' ')[^1], out var version) && version >= Repaired
            ? new DoctorFinding(DoctorLevel.Good, $"SQLite is {library}.")
            : new DoctorFinding(
                DoctorLevel.Good,
                $"SQLite is {library}. Versions before {Repaired} can damage a file that two connections write at once; the agent writes by one.");

    private static IEnumerable<DoctorFinding> Look(string file)
    {
        var findings = new List<DoctorFinding>();
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            connection.Run("PRAGMA busy_timeout=5000");
            var answers = connection.Query("PRAGMA quick_check(3)", r => r.GetString(0));
            findings.Add(answers is ["ok"]
                ? new DoctorFinding(DoctorLevel.Good, $"{file} is whole.")
                : new DoctorFinding(
                    DoctorLevel.Bad, $"{file} is damaged: {string.Join("; ", answers)}.",
                    "Stop the agent, keep a copy of the file, and bring a backup back or delete the file: jobs and the memory of handled events are lost with it."));
            var found = connection.Query("PRAGMA user_version", r => r.GetInt32(0))[0];
            findings.Add(found <= SqliteSchema.Version
                ? new DoctorFinding(DoctorLevel.Good, string.Create(CultureInfo.InvariantCulture, $"Its tables are of version {found}; this agent writes {SqliteSchema.Version}."))
                : new DoctorFinding(
                    DoctorLevel.Bad, string.Create(CultureInfo.InvariantCulture, $"Its tables are of version {found}; this agent knows {SqliteSchema.Version}."),
                    "Start the newer agent, or set Agent:DataFolder to another folder."));
        }
        catch (SqliteException fault)
        {
            findings.Add(new DoctorFinding(DoctorLevel.Bad, $"{file} cannot be read: {fault.Message}.", "Give this user the right to read and write it, or set Agent:DataFolder to another folder."));
        }

        return findings;
    }

    private static DoctorFinding Space(string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        var free = new DriveInfo(existing).AvailableFreeSpace;
        var said = string.Create(CultureInfo.InvariantCulture, $"{free / (1024 * 1024)} MB are free for {folder}.");
        return free >= Scarce
            ? new DoctorFinding(DoctorLevel.Good, said)
            : new DoctorFinding(DoctorLevel.Warning, said, "Free some space: without it no event is taken and no job ends.");
    }
}
