using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Shapes;

namespace Flatfile.Spaces.Resources;

/// <content>Those of an environment.</content>
internal static partial class StoredResources
{
    private static StoredResource Apps => new(Kinds.Apps)
    {
        List = "apps.list", Create = "apps.create", Get = "apps.get", Update = "apps.update", Delete = "apps.delete", Id = "appId",
        New = ShapeTable.Find("AppCreate"), Changed = ShapeTable.Find("AppPatch"), Fixed = ["type"],
        Lists = InEnvironment, Bare = Bare.Delete,
        Fill = (_, body) =>
        {
            Default(body, "entity", "Space");
            Default(body, "entityPlural", "Spaces");
        },
    };

    private static StoredResource Policies => new(Kinds.Policies)
    {
        List = "dataRetentionPolicies.list", Create = "dataRetentionPolicies.create", Get = "dataRetentionPolicies.get",
        Update = "dataRetentionPolicies.update", Delete = "dataRetentionPolicies.delete", Id = "id",
        New = ShapeTable.Find("DataRetentionPolicyConfig"), Fixed = ["environmentId"],
        Lists = InEnvironment, Creates = (places, call, given) => Task.FromResult(places.Environment(call, given)),
        Changing = (stock, _, given) => SameEnvironment(stock, given),
    };

    private static StoredResource Prompts => new(Kinds.Prompts)
    {
        List = "assistant.list", Create = "assistant.create", Get = "assistant.get", Update = "assistant.update", Delete = "assistant.delete", Id = "promptId",
        New = ShapeTable.Find("PromptCreate"), Changed = ShapeTable.Find("PromptPatch"), Fixed = ["promptType", "environmentId", "spaceId", "accountId", "createdById"],
        Lists = InEnvironment, Creates = (places, call, given) => places.EnvironmentOfBodyAsync(call, given),
        Filters = [Filters.OneOf("promptType", "ALL", "AI_ASSIST", "CONSTRAINT_GENERATION")], PageSize = 7,
        Fill = (stock, body) =>
        {
            Default(body, "promptType", "AI_ASSIST");
            body["createdById"] = stock.ActorId;
            body["accountId"] = stock.AccountId;
        },
    };

    private static StoredResource CanvasAreas => new(Kinds.CanvasAreas)
    {
        List = "canvasAreas.list", Create = "canvasAreas.create", Get = "canvasAreas.get", Update = "canvasAreas.update", Delete = "canvasAreas.delete",
        Id = "canvasAreaId", New = ShapeTable.Find("CreateCanvasAreaRequest"), Changed = ShapeTable.Find("UpdateCanvasAreaRequest"),
        Lists = InEnvironment,
        Filters = [Filters.Same("canvasId"), Filters.Same("parentId"), Filters.Same("spaceId")], PageSize = 20,
        Fill = (stock, body) =>
        {
            AreaAbove(stock, body);
            Default(body, "layout", "split");
            Default(body, "visibility", "visible");
        },
        Changing = (stock, _, given) => AreaAbove(stock, given),
        News = News("canvas-area", "canvas-area", "entityId"),
    };

    private static StoredResource Onboardings => new(Kinds.Onboardings)
    {
        List = "onboardings.getOnboardings", Create = "onboardings.createOnboarding", Get = "onboardings.getOnboarding", GetToo = "onboardings.getOnboardingStatus",
        Update = "onboardings.updateOnboardingProgress", Delete = "onboardings.deleteOnboarding", Id = "onboardingId",
        New = ShapeTable.Find("OnboardingCreate"), Changed = ShapeTable.Find("OnboardingProgressUpdate"), Whole = true, Fixed = ["userId"],
        Lists = InEnvironment, Filters = [Filters.Same("userId")],
        Fill = (_, body) => Default(body, "currentStep", 0),
    };

    private static StoredResource Datapoints => new(Kinds.Datapoints)
    {
        List = "onboardingDatapoints.getOnboardingDatapoints", Create = "onboardingDatapoints.createOnboardingDatapoint",
        Get = "onboardingDatapoints.getOnboardingDatapoint", Update = "onboardingDatapoints.updateOnboardingDatapoint",
        Delete = "onboardingDatapoints.deleteOnboardingDatapoint", Id = "datapointId",
        New = ShapeTable.Find("OnboardingDatapointCreate"), Changed = ShapeTable.Find("OnboardingDatapointUpdate"),
        Lists = InEnvironment, ParentMember = "onboardingId", Parent = Below(Kinds.Onboardings, "onboardingId"),
    };

    private static StoredResource Runbooks => new(Kinds.Runbooks)
    {
        List = "runbooks.list", Create = "runbooks.create", Get = "runbooks.get", Update = "runbooks.update", Delete = "runbooks.delete", Id = "runbookId",
        New = ShapeTable.Find("CreateRunbookRequest"), Changed = ShapeTable.Find("UpdateRunbookRequest"), Fixed = ["accountId", "appId", "environmentId", "spaceId", "type"],
        Lists = InEnvironment, Creates = (places, call, given) => places.EnvironmentOfBodyAsync(call, given),
        Filters = [Filters.Same("appId"), Filters.Same("spaceId")],
        Fill = (stock, body) => body["createdBy"] = stock.ActorId,
    };

    private static StoredResource Routines => new(Kinds.Routines)
    {
        List = "routines.list", Create = "routines.create", Get = "routines.get", Update = "routines.update", Delete = "routines.delete", Id = "routineId",
        New = ShapeTable.Find("CreateRoutineRequest"), Changed = ShapeTable.Find("UpdateRoutineRequest"),
        Lists = InEnvironment, ParentMember = "runbookId",
        Parent = (stock, call, given) => Above(stock, Kinds.Runbooks, given is null ? Places.Needed(call, "runbookId") : Given(given, "runbookId")),
        Fill = (stock, body) => body["createdBy"] = stock.ActorId,
    };

    private static StoredResource Guides => new(Kinds.Guides)
    {
        List = "environments.listGuides", Create = "environments.createGuide", Get = "environments.getGuide", Update = "environments.updateGuide",
        Delete = "environments.deleteGuide", Id = "guideId",
        New = ShapeTable.Find("GuideCreateRequest"), Changed = ShapeTable.Find("GuideUpdateRequest"), Fixed = ["versions", "environmentId"],
        Lists = InEnvironment, Creates = (places, call, given) => Task.FromResult(places.Environment(call, given)),
        Unique = "slug", Fill = GuideVersions.Begin, Changing = GuideVersions.Next,
    };

    private static StoredResource Programs => new(Kinds.Programs)
    {
        List = "mapping.listMappingPrograms", Get = "mapping.getMappingProgram", Delete = "mapping.deleteMappingProgram", Id = "programId",
        Lists = InEnvironment, PageSize = 10, SaysPage = false,
        Filters =
        [
            Filters.Same("createdBy"), Filters.Same("jobId"), Filters.Same("familyId"), Filters.Same("namespace"),
            Filters.Created("createdAfter", after: true), Filters.Created("createdBefore", after: false), Filters.Words("sourceKeys"), Filters.Words("destinationKeys"),
        ],
        View = MappingPrograms.View,
    };

    private static StoredResource MappingRules => new(Kinds.MappingRules)
    {
        List = "mapping.listRules", Get = "mapping.getRule", Update = "mapping.updateRule", Delete = "mapping.deleteRule", Id = "mappingId",
        New = ShapeTable.Find("MappingRuleConfig"), Lists = InEnvironment, ParentMember = "programId", Parent = Below(Kinds.Programs, "programId"),
        News = (_, rule, _) => MappingPrograms.News(rule.Text("programId")!, Topics.ProgramUpdated),
    };

    /// <summary>The id in the path or the query, of something that must be there.</summary>
    private static Func<Stock, ApiCall, JsonObject?, string?> Below(Kind kind, string route) => (stock, call, given) =>
        given?.Text(route) is { } named && named != call.Route(route)
            ? throw ApiRefusal.Bad(route, $"The address names '{call.Route(route)}', the body '{named}'.")
            : Above(stock, kind, call.Route(route));

    private static string Above(Stock stock, Kind kind, string? id)
    {
        stock.Get(kind, id);
        return id!;
    }

    private static string Given(JsonObject given, string member) => given.Text(member)!;

    private static void AreaAbove(Stock stock, JsonObject given)
    {
        if (given.Text("parentId") is { } parent)
        {
            stock.Get(Kinds.CanvasAreas, parent);
        }
    }

    private static void SameEnvironment(Stock stock, JsonObject given)
    {
        if (given.Text("environmentId") is { } named && named != stock.EnvironmentId)
        {
            throw ApiRefusal.Bad("environmentId", $"It stays in its environment {stock.EnvironmentId}.");
        }
    }
}
