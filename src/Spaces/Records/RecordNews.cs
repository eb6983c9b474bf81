using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records;

/// <summary>What a change of rows says, and the commit it makes.</summary>
internal static class RecordNews
{
    /// <summary>Rows came.</summary>
    public static void Created(SpaceWrite write, SheetOfCall sheet, string commitId, long count)
    {
        if (count > 0)
        {
            Announce(write, Topics.RecordsCreated, sheet, commitId, count);
        }
    }

    /// <summary>Rows changed.</summary>
    public static void Updated(SpaceWrite write, SheetOfCall sheet, string commitId, long count)
    {
        if (count > 0)
        {
            Announce(write, Topics.RecordsUpdated, sheet, commitId, count);
        }
    }

    /// <summary>Rows went.</summary>
    public static void Deleted(SpaceWrite write, SheetOfCall sheet, long count)
    {
        if (count > 0)
        {
            Announce(write, Topics.RecordsDeleted, sheet, null, count);
        }
    }

    /// <summary>How many rows there are now.</summary>
    public static void Counts(SpaceWrite write, SheetOfCall sheet)
    {
        var counts = RecordTables.Counts(write.Connection, sheet.Sheet.Records);
        write.Emit(Commits.News(Topics.SheetCountsUpdated, sheet, null, new JsonObject
        {
            ["counts"] = new JsonObject { ["total"] = counts.Total, ["valid"] = counts.Valid, ["error"] = counts.Error },
        }) with
        { Domain = "sheet" });
    }

    /// <summary>Makes the commit of an update and tells of it. Where no row is in it, the last commit stands for it.</summary>
    /// <param name="write">The change.</param>
    /// <param name="sheet">The sheet.</param>
    /// <param name="commit">The id the rows are stamped with.</param>
    /// <param name="result">What was done.</param>
    /// <param name="before">The counts before it.</param>
    /// <param name="isForced">Whether rows that were only found are in the commit too.</param>
    /// <param name="isSilent">Whether hooks are not told.</param>
    /// <returns>The commit's id.</returns>
    public static string Commit(
        SpaceWrite write, SheetOfCall sheet, ResourceId commit, UpdateResult result, RecordCounts before, bool isForced = false, bool isSilent = false)
    {
        var rows = isForced ? result.Found : result.Changed;
        if (rows == 0 && LastCommit(write, sheet) is { } last)
        {
            Tell(last);
            return last;
        }

        Commits.Create(write, sheet, commit, rows, () => Tell(commit.ToString()), isSilent);
        return commit.ToString();

        void Tell(string commitId)
        {
            Updated(write, sheet, commitId, result.Touched);
            if (result.Changed > 0 || RecordTables.Counts(write.Connection, sheet.Sheet.Records) != before)
            {
                Counts(write, sheet);
            }
        }
    }

    /// <summary>What calls that change rows answer.</summary>
    public static Answer Version(string commitId) => Answer.Data(new JsonObject { ["versionId"] = commitId, ["commitId"] = commitId });

    private static string? LastCommit(SpaceWrite write, SheetOfCall sheet)
    {
        var number = write.Connection.Number("SELECT max(number) FROM commits WHERE parent = $sheet", ("$sheet", sheet.Sheet.Id.Number));
        return number == 0 ? null : write.IdOf(ResourceTable.Commits, number);
    }

    private static void Announce(SpaceWrite write, string topic, SheetOfCall sheet, string? commitId, long count)
    {
        var news = Commits.News(topic, sheet, commitId, new JsonObject { ["count"] = count });
        news.Context["recordCount"] = count;
        write.Emit(commitId is null ? news : news with { DataUrl = Commits.DataUrl(sheet, commitId) });
    }
}
