using System.Text.Json.Nodes;
using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Spaces;

/// <summary>A space as lists need it, kept in the central database and renewed with every change of the space.</summary>
internal sealed record SpaceSummary(JsonObject Body)
{
    /// <summary>Takes the summary from the space's database.</summary>
    public static SpaceSummary Read(SqliteConnection connection) => new(SpaceView.Read(connection));

    /// <summary>Stores it centrally, with the place up to which the space's events are in the log.</summary>
    public void Store(SqliteConnection central, long number, long cursor)
    {
        StoreMembers(central, number);
        central.Execute(
        """
        UPDATE spaces SET
            cursor = max(cursor, $cursor), body = $body, name = $name, namespace = $namespace, app = $app, status = $status, archived = $archived,
            collaborative = $collaborative, template = $template, workbooks = $workbooks, files = $files, created_by = $by,
            created_at = $created, updated_at = $updated, active_at = $active
        WHERE number = $number
        """,
        ("$number", number), ("$cursor", cursor), ("$body", Wire.Text(Body)), ("$name", Fold(Body.Text("name"))),
        ("$namespace", SpaceApp.Namespace(Body)), ("$app", Body.Text("appId")), ("$status", Body.Text("status")),
        ("$archived", Body.Text("archivedAt") is null ? 0 : 1), ("$collaborative", Body.Flag("isCollaborative") ? 1 : 0),
        ("$template", Body.Flag("isAppTemplate") ? 1 : 0), ("$workbooks", (long)Body["workbooksCount"]!), ("$files", (long)Body["filesCount"]!),
        ("$by", Body.Text("createdByUserName")), ("$created", Body.Text("createdAt")), ("$updated", Body.Text("updatedAt")),
        ("$active", Body.Text("lastActivityAt")));
    }

    /// <summary>Who finds the space in its lists. Written only when it changed: a summary is stored with every change of the space.</summary>
    private void StoreMembers(SqliteConnection central, long number)
    {
        var emails = SpaceRules.Of(Body).Members.Order(StringComparer.Ordinal).ToList();
        var text = string.Join('\n', emails);
        if (central.Scalar("SELECT members FROM spaces WHERE number = $number", ("$number", number)) as string == text)
        {
            return;
        }

        central.Execute("DELETE FROM members WHERE space = $number", ("$number", number));
        foreach (var email in emails)
        {
            central.Execute("INSERT INTO members(space, email) VALUES ($number, $email)", ("$number", number), ("$email", email));
        }

        central.Execute("UPDATE spaces SET members = $members WHERE number = $number", ("$number", number), ("$members", text));
    }

    /// <summary>Names are searched and sorted without regard to case, in all scripts; SQLite alone would fold ASCII only.</summary>
    public static string? Fold(string? name) => name?.ToLowerInvariant();
}
