using System.Globalization;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Records;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Sheets;

/// <summary>A second sheet like one that is there, beside it in its workbook: the same schema, the same rows.</summary>
internal static class SheetDuplicate
{
    private const int FirstCell = 1;

    /// <summary>Makes it and answers its id.</summary>
    public static ResourceId Make(SpaceWrite write, ResourceId id, string? name, string? slug)
    {
        var original = SheetStore.Get(write, id);
        var workbook = SheetStore.WorkbookOf(write, original);
        var before = SheetStore.Of(write, workbook.Number);
        SheetStore.Replace(write, workbook, before, [.. before.Select(SheetPlan.Keep), Plan(write, original, name, slug)]);
        var copy = SheetStore.Of(write, workbook.Number)[^1];
        copy.Body["createdFrom"] = id.ToString();
        ResourceTable.Sheets.Update(write.Connection, copy.Id, copy.Body);
        CopyRows(write, SheetOfCall.Find(write, id).Schema, SheetOfCall.Find(write, copy.Id));
        return copy.Id;
    }

    private static SheetPlan Plan(SpaceWrite write, StoredSheet original, string? name, string? slug)
    {
        var config = (JsonObject)original.Config.DeepClone();
        config["name"] = name ?? $"Copy of {original.Body.Text("name")}";
        config["slug"] = slug ?? string.Create(CultureInfo.InvariantCulture, $"{original.Slug}-copy-{write.Now.ToUnixTimeMilliseconds()}");
        var outside = new JsonObject();
        foreach (var member in new[] { "metadata", "namespace" })
        {
            if (original.Body[member] is not null)
            {
                outside[member] = original.Body.Copy(member);
            }
        }

        return new SheetPlan(null, config, outside, "sheet");
    }

    /// <summary>Row by row: the columns of the two tables need not have the same numbers.</summary>
    private static void CopyRows(SpaceWrite write, SheetSchema from, SheetOfCall to)
    {
        if (Tally.Counts(write.Connection, from.Number).Total == 0)
        {
            return;
        }

        var commit = write.NewId(IdPrefix.Commit);
        using var change = new SheetChange(write.Connection, to.Schema);
        using var insert = new RowInsert(change);
        var columns = string.Concat(from.Fields.Select(field => ", " + RecordSql.Column(field.Column)));
        using (var select = new Statement(write.Connection, $"SELECT extra{columns} FROM {from.Table} ORDER BY id"))
        {
            while (select.Step())
            {
                var extra = select.IsNull(0) ? null : RowExtra.Of(select.Bytes(0));
                insert.Append();
                foreach (var field in from.Fields)
                {
                    var target = to.Schema.Fields[field.Position];
                    var cell = select.Cell(FirstCell + field.Position);
                    if (!cell.IsEmpty)
                    {
                        insert.Value(target, cell, givenAsText: false);
                    }

                    if (extra?.MessagesOf(field.Column) is { } messages)
                    {
                        insert.Messages(target, messages);
                    }
                }

                if (extra is not null)
                {
                    insert.Metadata(extra.Metadata);
                    insert.Config(extra.Config);
                }

                insert.Save();
            }
        }

        var rows = insert.Book(commit.Number);
        change.Finish();
        Commits.Create(write, to, commit, rows.Count, () =>
        {
            RecordNews.Created(write, to, commit.ToString(), rows.Count);
            RecordNews.Counts(write, to);
        });
    }
}
