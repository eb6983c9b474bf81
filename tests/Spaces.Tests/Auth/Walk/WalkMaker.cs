using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Auth.Walk;

/// <summary>Makes one resource of a kind in a place, and names its id as the table does.</summary>
internal sealed class WalkMaker(SpacesServer server, string usersJson)
{
    /// <summary>The order in which a place is filled.</summary>
    public static readonly string[] Order =
    [
        "spaceId", "workbookId", "sheetId", "recordId", "jobId", "fileId", "documentId", "eventId", "guestId", "secretId", "keyId", "userId", "memberId", "userRole",
        "guestRole", "agentId", "agentRole", "snapshotId", "viewId", "actionId", "guideId", "guidanceId", "appId", "constraintId", "id", "promptId", "canvasAreaId",
        "onboardingId", "datapointId", "runbookId", "routineId", "programId", "mappingId", "transformationId", "slug", "threadId", "messageId", "analysisId", "dataClipId",
    ];

    private static int _number;

    /// <summary>Makes it anew; other ids of the place stay.</summary>
    public async Task MakeAsync(WalkPlace place, string id)
    {
        var ids = place.Ids;
        switch (id)
        {
            case "environmentId":
                ids[id] = await IdAsync(server.Client, place, "POST", "environments", """{"name":"spare","isProd":false}""");
                break;
            case "spaceId":
                ids[id] = await IdAsync(place.Key, place, "POST", "spaces", $$$"""{"name":"{{{place.Name}}}","guestAccess":true,"guestRole":"editor","users":{{{usersJson}}},"workflow":{"steps":[{"id":"upload","name":"Upload"}]}}""");
                break;
            case "workbookId":
                ids[id] = await IdAsync(place.Key, place, "POST", "workbooks", """{"name":"W","spaceId":"{spaceId}","sheets":[{"name":"S","slug":"s","fields":[{"key":"a","type":"string"}]}]}""");
                break;
            case "sheetId":
                var workbook = await MadeAsync(place.Key, place, "PATCH", "workbooks/{workbookId}", """{"sheets":[{"name":"S{unique}","slug":"s{unique}","fields":[{"key":"a","type":"string"},{"key":"b","type":"string"}]}]}""");
                ids[id] = (string)workbook["sheets"]!.AsArray().Last()!["id"]!;
                ids["fieldKey"] = "b";
                break;
            case "recordId":
                var inserted = await MadeAsync(place.Key, place, "POST", "sheets/{sheetId}/records", """[{"a":{"value":"x"}}]""");
                ids["commitId"] = (string)inserted["commitId"]!;
                ids[id] = (string)(await MadeAsync(place.Key, place, "GET", "sheets/{sheetId}/records", null))["records"]![0]!["id"]!;
                break;
            case "jobId":
                ids[id] = await IdAsync(place.Key, place, "POST", "jobs", """{"type":"sheet","operation":"walk","source":"{sheetId}"}""");
                break;
            case "fileId":
                using (var form = Upload(ids["spaceId"]))
                {
                    using var answer = await place.Key.PostAsync(new Uri("files", UriKind.Relative), form);
                    ids[id] = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["data"]!["id"]!;
                }

                break;
            case "documentId":
                ids[id] = await IdAsync(place.Key, place, "POST", "spaces/{spaceId}/documents", """{"title":"D","body":"b"}""");
                break;
            case "eventId":
                ids[id] = await IdAsync(place.Key, place, "POST", "events", """{"topic":"a:b","domain":"space","context":{"spaceId":"{spaceId}"},"payload":{}}""");
                break;
            case "guestId":
                ids[id] = (string)(await MadeAsync(place.Key, place, "POST", "guests", """[{"environmentId":"{environmentId}","email":"{unique}@walk.example","name":"G","spaces":[{"id":"{spaceId}"}]}]"""))[0]!["id"]!;
                break;
            case "secretId":
                ids[id] = (string)(await MadeAsync(place.Key, place, "POST", "secrets", """{"name":"n{unique}","value":"v","spaceId":"{spaceId}"}"""))[0]!["id"]!;
                break;
            case "keyId":
                ids[id] = (string)(await MadeAsync(server.Client, place, "POST", "auth/api-key?environmentId={environmentId}&type=SECRET", null))[0]!["id"]!;
                break;
            case "userId":
                ids[id] = await IdAsync(server.Client, place, "POST", "users/invite", """{"email":"{unique}@walk.example","name":"U","actorRoles":[]}""");
                break;
            case "memberId":
                ids[id] = await IdAsync(place.Key, place, "POST", "spaces/{spaceId}/users", """{"email":"{unique}@walk.example","role":"viewer"}""");
                break;
            case "userRole":
                ids[id] = await IdAsync(server.Client, place, "POST", "users/{userId}/roles", """{"roleId":"{roleId}","resourceId":"{environmentId}"}""");
                break;
            case "guestRole":
                ids[id] = await IdAsync(place.Key, place, "POST", "guests/{guestId}/roles", """{"roleId":"{roleId}","resourceId":"{spaceId}"}""");
                break;
            case "agentId":
                ids[id] = await IdAsync(place.Key, place, "POST", "agents", """{"slug":"a{unique}","compiler":"js","source":"1"}""");
                ids["agentVersionId"] = (string)(await MadeAsync(place.Key, place, "GET", "agents/{agentId}/versions", null))[0]!["id"]!;
                break;
            case "agentRole":
                ids[id] = await IdAsync(place.Key, place, "POST", "agents/{agentId}/roles", """{"roleId":"{roleId}","resourceId":"{spaceId}"}""");
                break;
            case "snapshotId":
                ids[id] = await IdAsync(place.Key, place, "POST", "snapshots", """{"sheetId":"{sheetId}","label":"walk"}""");
                break;
            case "viewId":
                ids[id] = await IdAsync(place.Key, place, "POST", "views", """{"sheetId":"{sheetId}","name":"v","config":{}}""");
                break;
            case "actionId":
                ids[id] = await IdAsync(place.Key, place, "POST", "actions?spaceId={spaceId}", """{"label":"a","targetId":"{sheetId}"}""");
                break;
            case "guideId":
                ids[id] = await IdAsync(place.Key, place, "POST", "environments/{environmentId}/guides", """{"title":"G","slug":"g{unique}","description":"d","blocks":[],"environmentId":"{environmentId}"}""");
                break;
            case "guidanceId":
                ids[id] = await IdAsync(place.Key, place, "POST", "spaces/{spaceId}/guidance", """{"guideSlug":"g","options":{"target":"#a","trigger":"hover","type":"tooltip"}}""");
                break;
            case "appId":
                ids[id] = await IdAsync(place.Key, place, "POST", "apps", """{"name":"App","namespace":"n","type":"CUSTOM"}""");
                break;
            case "constraintId":
                ids[id] = await IdAsync(place.Key, place, "POST", "apps/{appId}/constraints", """{"validator":"v{unique}","function":"a","label":"L"}""");
                break;
            case "id":
                ids[id] = await IdAsync(place.Key, place, "POST", "data-retention-policies", """{"type":"lastActivity","period":30,"environmentId":"{environmentId}"}""");
                break;
            case "promptId":
                ids[id] = await IdAsync(place.Key, place, "POST", "prompts", """{"prompt":"p","environmentId":"{environmentId}","spaceId":"{spaceId}"}""");
                break;
            case "canvasAreaId":
                ids[id] = await IdAsync(place.Key, place, "POST", "canvas-areas", """{"canvasId":"us_cv_1","type":"sheet","position":"left"}""");
                break;
            case "onboardingId":
                ids[id] = await IdAsync(place.Key, place, "POST", "onboardings", """{"userId":"us_usr_1"}""");
                break;
            case "datapointId":
                ids[id] = await IdAsync(place.Key, place, "POST", "onboardings/{onboardingId}/datapoints", """{"onboardingId":"{onboardingId}","source":"w"}""");
                break;
            case "runbookId":
                ids[id] = await IdAsync(place.Key, place, "POST", "runbooks", WalkRecipes.All["runbooks.create"].Body!);
                break;
            case "routineId":
                ids[id] = await IdAsync(place.Key, place, "POST", "routines", WalkRecipes.All["routines.create"].Body!);
                break;
            case "programId":
                ids[id] = await IdAsync(place.Key, place, "POST", "mapping", WalkRecipes.All["mapping.createMappingProgram"].Body!);
                break;
            case "mappingId":
                ids[id] = (string)(await MadeAsync(place.Key, place, "POST", "mapping/{programId}/rules", """[{"name":"s","type":"concat"}]"""))[0]!["id"]!;
                break;
            case "transformationId":
                ids[id] = await IdAsync(place.Key, place, "POST", "transformations", WalkRecipes.All["transformations.create"].Body!);
                break;
            case "slug":
                ids[id] = "f" + Interlocked.Increment(ref _number);
                await MadeAsync(place.Key, place, "POST", "workbooks/{workbookId}/flags", """{"slug":"{slug}","label":"U","colorHex":"#0090FF"}""");
                break;
            case "threadId":
                ids[id] = await IdAsync(place.Key, place, "POST", "threads", """{"resourceId":"{sheetId}","status":"ready"}""");
                break;
            case "messageId":
                ids[id] = await IdAsync(place.Key, place, "POST", "threads/{threadId}/messages", """{"content":{"text":"hi"},"role":"user"}""");
                break;
            case "analysisId":
                ids[id] = (string)(await MadeAsync(place.Key, place, "POST", "analysis", WalkRecipes.All["analysis.create"].Body!))[0]!["id"]!;
                break;
            case "dataClipId":
                ids[id] = await IdAsync(place.Key, place, "POST", "data-clips", WalkRecipes.All["dataClips.create"].Body!);
                break;
            default:
                throw new InvalidOperationException($"The walk cannot make a '{id}'. Add it to {nameof(WalkMaker)}.");
        }
    }

    /// <summary>A text that was not there before.</summary>
    public static string Unique() => "u" + Interlocked.Increment(ref _number);

    /// <summary>The form of an upload.</summary>
    public static MultipartFormDataContent Upload(string spaceId) => new()
    {
        { new StringContent(spaceId), "spaceId" },
        { new ByteArrayContent("a,b\n1,2\n"u8.ToArray()), "file", "walk.csv" },
    };

    private async Task<string> IdAsync(HttpClient client, WalkPlace place, string method, string path, string body) =>
        (string)(await MadeAsync(client, place, method, path, body))["id"]!;

    private async Task<JsonNode> MadeAsync(HttpClient client, WalkPlace place, string method, string path, string? body)
    {
        var reply = await server.SendAsync(method, place.Fill(path), body is null ? null : place.Fill(body).Replace("{unique}", Unique(), StringComparison.Ordinal), client);
        Assert.True(reply.Status == 200, $"{method} {path} in place '{place.Name}' answered {reply.Status}: {reply.Text}");
        return reply.Json is JsonObject answer && answer["data"] is { } data ? data : reply.Json;
    }
}
