using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Records;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Resources;

/// <summary>The sheet of a clip, and the rows copied into it.</summary>
internal static class DataClipSheet
{
    /// <summary>The source's schema. What refers to other sheets becomes text: they are not in the clip's workbook.</summary>
    public static JsonObject Config(JsonObject source)
    {
        var config = (JsonObject)source.DeepClone();
        config.Remove("actions");
        foreach (var field in config["fields"]!.AsArray().OfType<JsonObject>())
        {
            var type = field.Text("type") switch
            {
                PropertyType.Reference => PropertyType.String,
                PropertyType.ReferenceList => PropertyType.StringList,
                _ => null,
            };
            if (type is not null)
            {
                field["type"] = type;
                field.Remove("config");
            }
        }

        return config;
    }

    /// <summary>Copies rows of the source and answers those that were made; 404 when one is not there.</summary>
    public static JsonObject Copy(SpaceWrite write, JsonObject clip, IReadOnlyList<string> ids)
    {
        var source = SheetOfCall.Find(write, write.Own(ResourceTable.Sheets, clip.Text("sourceSheetId")));
        var target = SheetOfCall.Find(write, write.Own(ResourceTable.Sheets, clip.Text("clipSheetId"))).Writable(write);
        var found = Read(write, source, new RowQuery { Ids = ids, PageSize = ids.Count });
        if (found.Count < ids.Count)
        {
            var there = found.Select(record => ((JsonObject)record!).Text("id")).ToHashSet(StringComparer.Ordinal);
            throw ApiRefusal.NotFound("record of the source sheet", ids.First(id => !there.Contains(id)));
        }

        var rows = new JsonArray([.. found.Select(Row)]);
        var body = Wire.Bytes(writer => rows.WriteTo(writer));
        var commit = write.NewId(IdPrefix.Commit);
        var made = RecordCall.Run(() => RecordWriter.Insert(write.Connection, target.Schema, RecordCall.Body(body), commit.Number));
        Commits.Create(write, target, commit, made.Count, () =>
        {
            RecordNews.Created(write, target, commit.ToString(), made.Count);
            RecordNews.Counts(write, target);
        });
        return new JsonObject
        {
            ["success"] = true,
            ["records"] = Read(write, target, new RowQuery { Commit = commit.Number, PageSize = ids.Count }),
            ["commitId"] = commit.ToString(),
            ["versionId"] = commit.ToString(),
        };
    }

    private static JsonArray Read(SpaceRead read, SheetOfCall sheet, RowQuery query) =>
        JsonNode.Parse(Wire.Bytes(writer => RecordCall.Run(() => RecordReader.Write(read.Connection, sheet.Schema, query, writer))).Span)!.AsArray();

    private static JsonNode Row(JsonNode? record)
    {
        var row = new JsonObject();
        foreach (var (field, cell) in record!["values"]!.AsObject())
        {
            row[field] = new JsonObject { ["value"] = cell?["value"]?.DeepClone() };
        }

        return row;
    }
}
