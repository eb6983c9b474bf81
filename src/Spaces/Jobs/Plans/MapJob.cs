using System.Globalization;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Records;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Jobs.Plans;

/// <summary><c>workbook:map</c>: brings the rows of a file's sheet into a sheet of another workbook, field by field as its plan says.</summary>
internal sealed class MapJob : IPlanningJob
{
    private const int PageRows = 2_000;

    /// <inheritdoc />
    public string Name => "workbook:map";

    /// <inheritdoc />
    public IEnumerable<ApiFault> Check(SpaceRead read, JsonObject job)
    {
        var config = job["config"] as JsonObject ?? [];
        foreach (var (member, workbook) in new[] { ("sourceSheetId", job.Text("source")), ("destinationSheetId", job.Text("destination")) })
        {
            var id = config.Text(member);
            if (string.IsNullOrEmpty(id))
            {
                yield return new ApiFault($"config.{member}", $"Mapping needs 'config.{member}', the id of a sheet.");
            }
            else if (!ResourceId.TryParse(IdPrefix.Sheet, id, out var number) || number.Space != read.Folder.Number
                || ResourceTable.Sheets.Find(read.Connection, number.Number) is not { } sheet)
            {
                yield return new ApiFault($"config.{member}", $"There is no sheet '{id}' in the space of this job's source.");
            }
            else if (workbook is not null && sheet.Text("workbookId") != workbook)
            {
                yield return new ApiFault($"config.{member}", $"The sheet '{id}' is not in the workbook '{workbook}' the job names.");
            }
        }

        if (!string.IsNullOrEmpty(config.Text("sourceSheetId")) && config.Text("sourceSheetId") == config.Text("destinationSheetId"))
        {
            yield return new ApiFault("config.destinationSheetId", "A sheet cannot be mapped into itself.");
        }
    }

    /// <inheritdoc />
    public JsonObject Plan(SpaceRead read, JsonObject job)
    {
        var (source, destination) = Sheets(read, job);
        return MappingPlan.Build(read, source, destination);
    }

    /// <inheritdoc />
    public JsonObject Merge(SpaceRead read, JsonObject job, JsonObject plan, JsonObject given)
    {
        var (source, destination) = Sheets(read, job);
        var faults = new List<ApiFault>();
        foreach (var (list, ends) in new[]
        {
            ("fieldMapping", new[] { ("sourceField", source), ("destinationField", destination) }),
            ("unmappedSourceFields", [("sourceField", source)]),
            ("unmappedDestinationFields", [("destinationField", destination)]),
        })
        {
            if (given[list] is null)
            {
                continue;
            }

            if (given[list] is not JsonArray items)
            {
                faults.Add(new ApiFault(list, $"'{list}' must be a list."));
                continue;
            }

            for (var i = 0; i < items.Count; i++)
            {
                foreach (var (end, sheet) in ends)
                {
                    if (MappingPlan.Key(items[i], end) is not { } key || sheet.Schema.Find(key) is null)
                    {
                        faults.Add(new ApiFault($"{list}[{i}].{end}", $"'{MappingPlan.Key(items[i], end)}' is no field of the sheet '{sheet.Sheet.Slug}'."));
                    }
                }
            }
        }

        var edges = given["fieldMapping"] as JsonArray ?? plan["fieldMapping"] as JsonArray ?? [];
        foreach (var twice in edges.GroupBy(edge => MappingPlan.Key(edge, "destinationField")).Where(group => group.Key is not null && group.Count() > 1))
        {
            faults.Add(new ApiFault("fieldMapping", $"The field '{twice.Key}' is mapped from {twice.Count()} fields; it takes one."));
        }

        if (faults.Count > 0)
        {
            throw new ApiRefusal(400, faults);
        }

        var merged = (JsonObject)plan.DeepClone();
        merged["fieldMapping"] = edges.DeepClone();
        merged["unmappedSourceFields"] = given["unmappedSourceFields"]?.DeepClone() ?? MappingPlan.UnmappedSources(read, source, edges);
        merged["unmappedDestinationFields"] = given["unmappedDestinationFields"]?.DeepClone() ?? MappingPlan.UnmappedDestinations(destination, edges);
        if (given.Text("programId") is { } program)
        {
            merged["programId"] = program;
        }

        return merged;
    }

    /// <inheritdoc />
    public async Task<JobOutcome> RunAsync(SystemJobRun run)
    {
        var last = (long?)run.Checkpoint?["last"] ?? 0;
        var done = (long?)run.Checkpoint?["rows"] ?? 0;
        while (true)
        {
            var (count, end) = await run.WriteAsync(write => Copy(write, run, last, done)).ConfigureAwait(false);
            done += count;
            last = end;
            if (count < PageRows)
            {
                break;
            }
        }

        var sheetId = run.Config.Text("destinationSheetId");
        return new JobOutcome(string.Create(CultureInfo.InvariantCulture, $"{done:N0} rows were mapped."))
        {
            Next = new JsonObject { ["type"] = "id", ["id"] = sheetId, ["label"] = "Review" },
            Figures = new Dictionary<string, JsonNode?> { ["rowsRead"] = done, ["rowsWritten"] = done, ["rowsRefused"] = 0, ["sheetId"] = sheetId },
        };
    }

    private static (int Count, long Last) Copy(SpaceWrite write, SystemJobRun run, long last, long done)
    {
        var (source, destination) = Sheets(write, run.Job);
        destination = destination.Writable(write);
        var plan = JobPlans.Find(write.Connection, run.JobId.Number) ?? throw ApiRefusal.Conflict("plan", "The job has no plan. Create a new one.");
        if (done == 0)
        {
            ServedJob.Configure(write, run.JobId, Program(run.Config, plan));
        }

        var copy = new MappingCopy(source.Schema, destination.Schema, plan);
        if (copy.Columns == 0)
        {
            throw ApiRefusal.Conflict("plan", "The plan maps no field, so there is nothing to copy. Change the plan, then retry the job.");
        }

        var (body, count, end) = copy.Read(write.Connection, last, PageRows);
        if (count > 0)
        {
            var commit = write.NewId(IdPrefix.Commit);
            var rows = RecordWriter.Insert(write.Connection, destination.Schema, body.Span, commit.Number);
            Commits.Create(write, destination, commit, rows.Count, () =>
            {
                RecordNews.Created(write, destination, commit.ToString(), rows.Count);
                RecordNews.Counts(write, destination);
            });
        }

        run.Save(write, new JsonObject { ["last"] = end, ["rows"] = done + count });
        var total = RecordTables.Counts(write.Connection, source.Sheet.Records).Total;
        run.Report(write, (done + count) * 100.0 / Math.Max(1, total), string.Create(CultureInfo.InvariantCulture, $"{done + count:N0} of {total:N0} rows"));
        return (count, end);
    }

    /// <summary>What the job's <c>config</c> is from the execution on: the same sheets, with the edges as rules.</summary>
    private static JsonObject Program(JsonObject config, JsonObject plan) => new()
    {
        ["sourceSheetId"] = config.Text("sourceSheetId"),
        ["destinationSheetId"] = config.Text("destinationSheetId"),
        ["mappingRules"] = new JsonArray([.. (plan["fieldMapping"] as JsonArray ?? []).Select(edge => (JsonNode)new JsonObject
        {
            ["name"] = $"Assign {MappingPlan.Key(edge, "sourceField")} to {MappingPlan.Key(edge, "destinationField")}",
            ["type"] = "assign",
            ["config"] = new JsonObject
            {
                ["sourceField"] = MappingPlan.Key(edge, "sourceField"),
                ["destinationField"] = MappingPlan.Key(edge, "destinationField"),
            },
        })]),
    };

    private static (SheetOfCall Source, SheetOfCall Destination) Sheets(SpaceRead read, JsonObject job)
    {
        var config = job["config"] as JsonObject ?? [];
        return (
            SheetOfCall.Find(read, read.Own(ResourceTable.Sheets, config.Text("sourceSheetId"))),
            SheetOfCall.Find(read, read.Own(ResourceTable.Sheets, config.Text("destinationSheetId"))));
    }
}
