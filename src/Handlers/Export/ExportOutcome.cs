using System.Text.Json.Nodes;

namespace Flatfile.Agent.Handlers.Export;

/// <summary>What a person and a program are told about an export.</summary>
internal static class ExportOutcome
{
    public static JobResult Of(ExportCheckpoint done, string spaceId, bool autoDownload)
    {
        var rows = done.Sheets.Sum(s => s.Rows);
        var sheets = string.Join(", ", done.Sheets.Select(s => $"{s.Name} ({s.Rows:N0})"));
        var result = new JobResult(string.Join(' ', new[] { $"{rows:N0} rows are in {done.Name}: {sheets}." }.Concat(done.Notes)))
        {
            Heading = "Export finished",
            Info = $"{rows:N0} rows exported",
            Acknowledge = true,
            Details = new JsonObject
            {
                ["fileId"] = done.FileId,
                ["fileName"] = done.Name,
                ["size"] = done.Size,
                ["sha256"] = done.Sha256,
                ["rowsWritten"] = rows,
                ["sheets"] = new JsonArray([.. done.Sheets.Select(s => (JsonNode)new JsonObject
                {
                    ["sheetId"] = s.SheetId, ["name"] = s.Name, ["rows"] = s.Rows, ["messages"] = s.Messages,
                })]),
                ["notes"] = new JsonArray([.. done.Notes.Select(n => (JsonNode)JsonValue.Create(n))]),
            },
        };
        return autoDownload ? result.ThenFile(done.FileId!, done.Name) : result.ThenGoTo(spaceId, "files", "mode=export", "See the exported files");
    }
}
