using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Resources;
using Flatfile.Spaces.Sheets;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Jobs;

/// <summary>The action a job was started from: the one its source offers with the job's operation. Events of the job name it.</summary>
internal static class StartedAction
{
    private const string Name = "actionName";
    private const string Id = "actionId";

    /// <summary>Writes the action into a new job, and its mode where the job has none of its own; a job of no action stays as it is.</summary>
    public static void Note(SpaceWrite write, JsonObject job)
    {
        var source = job.Text("source")!;
        var operation = job.Text("operation")!;
        var stored = new SpaceStock(write).List(Kinds.Actions).Find(action => action.Text("targetId") == source && Offers(action, operation));
        var (owner, offered) = Owner(write, job.Text("type")!, source);
        if ((stored ?? offered.OfType<JsonObject>().FirstOrDefault(action => Offers(action, operation))) is not { } action)
        {
            return;
        }

        if (action.Text("mode") is { } mode)
        {
            job.TryAdd("mode", mode);
        }

        job[Name] = $"{owner}:{operation}";
        if (stored is not null)
        {
            job[Id] = stored.Text("id");
        }
    }

    /// <summary>Puts the action into the context of an event of the job.</summary>
    public static void Tell(JsonObject job, JsonObject context)
    {
        foreach (var member in new[] { Name, Id })
        {
            if (job.Text(member) is { } text)
            {
                context[member] = text;
            }
        }
    }

    private static bool Offers(JsonObject action, string operation) => (action.Text("operation") ?? action.Text("slug")) == operation;

    /// <summary>What stands before the colon of the action's name, and the actions in the body of the source.</summary>
    private static (string Owner, JsonArray Actions) Owner(SpaceRead read, string type, string source)
    {
        if (type == "sheet")
        {
            var sheet = SheetStore.Get(read, read.Own(ResourceTable.Sheets, source));
            return (sheet.Slug[(sheet.Slug.LastIndexOf('/') + 1)..], sheet.Config["actions"] as JsonArray ?? []);
        }

        var body = type switch
        {
            "space" => read.Space,
            "workbook" => ResourceTable.Workbooks.Get(read.Connection, read.Own(ResourceTable.Workbooks, source)),
            "file" => ResourceTable.Files.Get(read.Connection, read.Own(ResourceTable.Files, source)),
            "document" => ResourceTable.Documents.Get(read.Connection, read.Own(ResourceTable.Documents, source)),
            _ => [],
        };
        return (type, body["actions"] as JsonArray ?? []);
    }
}
