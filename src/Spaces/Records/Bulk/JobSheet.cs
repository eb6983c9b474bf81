using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records.Bulk;

/// <summary>The sheet a job is about: named in its config, or its source.</summary>
internal static class JobSheet
{
    /// <summary>404 when there is none such in this space.</summary>
    public static ResourceId Of(SpaceRead read, JsonObject job)
    {
        var config = job["config"] as JsonObject;
        var text = config?.Text("sheet") ?? config?.Text("sheetId") ?? (job.Text("type") == "sheet" ? job.Text("source") : null);
        var id = read.Own(ResourceTable.Sheets, text);
        ResourceTable.Sheets.Get(read.Connection, id);
        return id;
    }

    /// <summary>The fault of a job that names no sheet of this space; null when it does.</summary>
    public static ApiFault? Fault(SpaceRead read, JsonObject job)
    {
        try
        {
            Of(read, job);
            return null;
        }
        catch (ApiRefusal fault)
        {
            return new ApiFault("config.sheet", $"The job's config must name a sheet of the source's space. {fault.Message}");
        }
    }
}
