using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Shapes;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Sheets;

namespace Flatfile.Spaces.Resources;

/// <summary><c>/mapping</c>: programs and their rules. Rules are those a client gives; this server proposes none.</summary>
internal sealed class MappingPrograms(Places places) : IEndpoints
{
    private const string FamilyPrefix = "us_mf_";

    private static readonly Shape Config = ShapeTable.Find("ProgramConfig");
    private static readonly Shape Rule = ShapeTable.Find("MappingRuleConfig");
    private static readonly Shape RuleWithId = ShapeTable.Find("MappingRule");

    private static readonly BodyMerge RuleMerge = new(
        Rule.Mandatory, new HashSet<string>(["id", "programId", "createdAt", "updatedAt", "createdBy"], StringComparer.Ordinal));

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("mapping.createMappingProgram", CreateAsync);
        routes.Map("mapping.updateMappingProgram", UpdateAsync);
        routes.Map("mapping.deleteAllHistoryForUser", DeleteAllAsync);
        routes.Map("mapping.createRules", CreateRulesAsync);
        routes.Map("mapping.updateRules", UpdateRulesAsync);
        routes.Map("mapping.deleteMultipleRules", DeleteRulesAsync);
    }

    /// <summary>A program with its rules.</summary>
    public static JsonObject View(Stock stock, JsonObject program)
    {
        program["rules"] = new JsonArray([.. stock.List(Kinds.MappingRules, program.Text("id"))]);
        return program;
    }

    /// <summary>What happened to a program.</summary>
    public static NewEvent News(string programId, string topic) => new(topic, "program")
    {
        Context = new JsonObject { ["programId"] = programId },
        Origin = new JsonObject { ["id"] = programId },
    };

    private async Task<Answer> CreateAsync(ApiCall call)
    {
        var given = await ReadAsync(call, partial: false).ConfigureAwait(false);
        return await places.Environment(call, given).WriteAsync(stock =>
        {
            var program = new JsonObject { ["id"] = stock.NewId(Kinds.Programs), ["createdAt"] = stock.Now, ["createdBy"] = stock.ActorId };
            var rules = given["rules"] as JsonArray ?? [];
            Apply(program, given);
            program["familyId"] ??= RandomId.New(FamilyPrefix);
            program["summary"] = Summary(rules.Count, rules.Count, 0);
            if (given["save"]?.GetValueKind() == System.Text.Json.JsonValueKind.False)
            {
                program.Remove("id");
                program["rules"] = rules.DeepClone();
                return Answer.Data(program);
            }

            stock.Insert(Kinds.Programs, program);
            AddRules(stock, program.Text("id")!, rules);
            stock.Emit(News(program.Text("id")!, Topics.ProgramCreated));
            return Answer.Data(View(stock, program));
        }).ConfigureAwait(false);
    }

    /// <summary>Rules in the body stand in place of the earlier ones.</summary>
    private async Task<Answer> UpdateAsync(ApiCall call)
    {
        var given = await ReadAsync(call, partial: true).ConfigureAwait(false);
        return await places.Environment(call).WriteAsync(stock =>
        {
            var id = call.Route("programId");
            var program = stock.Get(Kinds.Programs, id);
            Apply(program, given);
            if (given["rules"] is JsonArray rules)
            {
                var before = stock.List(Kinds.MappingRules, id);
                before.ForEach(rule => stock.Delete(Kinds.MappingRules, rule.Text("id")!));
                AddRules(stock, id, rules);
                program["summary"] = Summary(rules.Count, rules.Count, before.Count);
            }

            program["updatedAt"] = stock.Now;
            stock.Update(Kinds.Programs, program);
            stock.Emit(News(id, Topics.ProgramUpdated));
            return Answer.Data(View(stock, program));
        }).ConfigureAwait(false);
    }

    /// <summary>Removes the programs the caller made.</summary>
    private async Task<Answer> DeleteAllAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        ShapeTable.Find("DeleteAllHistoryForUserRequest").Require(given);
        return await places.Environment(call, given).WriteAsync(stock =>
        {
            foreach (var program in stock.List(Kinds.Programs).Where(program => program.Text("createdBy") == stock.ActorId))
            {
                stock.Delete(Kinds.Programs, program.Text("id")!);
            }

            return Answer.Success;
        }).ConfigureAwait(false);
    }

    private async Task<Answer> CreateRulesAsync(ApiCall call)
    {
        var given = await call.ReadArrayAsync().ConfigureAwait(false);
        Rule.Require(given);
        return await ChangeAsync(call, (stock, program) => Answer.List(AddRules(stock, program, given))).ConfigureAwait(false);
    }

    private async Task<Answer> UpdateRulesAsync(ApiCall call)
    {
        var given = await call.ReadArrayAsync().ConfigureAwait(false);
        RuleWithId.Require(given);
        return await ChangeAsync(call, (stock, program) => Answer.List(given.Select(one =>
        {
            var rule = RuleOf(stock, program, (string)one!["id"]!);
            BodyMerge.Into(rule, one.AsObject(), RuleMerge);
            rule["updatedAt"] = stock.Now;
            stock.Update(Kinds.MappingRules, rule);
            return rule;
        }).ToList())).ConfigureAwait(false);
    }

    private async Task<Answer> DeleteRulesAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        ShapeTable.Find("DeleteMultipleRulesRequest").Require(given);
        return await ChangeAsync(call, (stock, program) =>
        {
            foreach (var id in given["ruleIds"]!.AsArray().Select(id => (string)id!).Distinct())
            {
                stock.Delete(Kinds.MappingRules, RuleOf(stock, program, id).Text("id")!);
            }

            return Answer.Success;
        }).ConfigureAwait(false);
    }

    private Task<Answer> ChangeAsync(ApiCall call, Func<Stock, string, Answer> change) => places.Environment(call).WriteAsync(stock =>
    {
        var program = stock.Get(Kinds.Programs, call.Route("programId")).Text("id")!;
        var answer = change(stock, program);
        stock.Emit(News(program, Topics.ProgramUpdated));
        return answer;
    });

    private static JsonObject RuleOf(Stock stock, string program, string id) =>
        stock.Find(Kinds.MappingRules, id) is { } rule && rule.Text("programId") == program ? rule : throw ApiRefusal.NotFound(Kinds.MappingRules.Noun, id);

    private static List<JsonObject> AddRules(Stock stock, string program, JsonArray given)
    {
        var added = new List<JsonObject>();
        foreach (var one in given)
        {
            var rule = new JsonObject { ["id"] = stock.NewId(Kinds.MappingRules), ["programId"] = program };
            BodyMerge.Into(rule, one!.AsObject(), RuleMerge);
            rule["createdBy"] = stock.ActorId;
            rule["createdAt"] = stock.Now;
            rule["updatedAt"] = stock.Now;
            stock.Insert(Kinds.MappingRules, rule, program);
            added.Add(rule);
        }

        return added;
    }

    private static async Task<JsonObject> ReadAsync(ApiCall call, bool partial)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        Config.Require(given, partial);
        var faults = new List<ApiFault>();
        foreach (var side in new[] { "source", "destination" })
        {
            if (given[side] is JsonObject sheet)
            {
                CheckFields(sheet, side, faults);
            }
        }

        return faults.Count == 0 ? given : throw new ApiRefusal(400, [.. faults.Take(Shape.MostFaults)]);
    }

    private static void CheckFields(JsonObject sheet, string side, List<ApiFault> faults)
    {
        if (sheet["fields"] is not JsonArray fields)
        {
            faults.Add(new ApiFault($"{side}.fields", "A sheet needs a list of 'fields'."));
            return;
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < fields.Count && faults.Count < Shape.MostFaults; i++)
        {
            FieldCheck.Run(fields[i], $"{side}.fields[{i}]", keys, (place, message) => faults.Add(new ApiFault(place, message)));
        }
    }

    private static void Apply(JsonObject program, JsonObject given)
    {
        foreach (var member in new[] { "source", "destination", "familyId", "namespace", "jobId" })
        {
            if (given[member] is not null)
            {
                program[member] = given.Copy(member);
            }
        }

        program["sourceKeys"] = Keys(program, "source");
        program["destinationKeys"] = Keys(program, "destination");
    }

    private static JsonArray Keys(JsonObject program, string side) =>
        [.. program[side]!["fields"]!.AsArray().Select(field => (JsonNode)((JsonObject)field!).Text("key")!)];

    private static JsonObject Summary(int total, int added, int deleted) =>
        new() { ["totalRuleCount"] = total, ["addedRuleCount"] = added, ["deletedRuleCount"] = deleted };
}
