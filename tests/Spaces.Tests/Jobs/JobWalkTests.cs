using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Jobs;

/// <summary>Every call on a job in every status: where it leads, or that it is refused with a sentence, and which event says so.</summary>
public sealed class JobWalkTests
{
    private static readonly Dictionary<string, string[]> Ways = new()
    {
        ["created"] = [],
        ["planning"] = ["PATCH {\"status\":\"planning\"}"],
        ["scheduled"] = ["PATCH {\"status\":\"scheduled\"}"],
        ["ready"] = ["execute"],
        ["executing"] = ["execute", "ack"],
        ["waiting"] = ["execute", "ack", "PATCH {\"status\":\"waiting\"}"],
        ["complete"] = ["complete"],
        ["failed"] = ["fail"],
        ["canceled"] = ["cancel"],
    };

    /// <summary>Per call and status: the status after it and the topics raised (without <c>job:</c>); 409 where it is refused.</summary>
    private static readonly string[] Table =
    [
        // call               created            planning           scheduled          ready              executing          waiting            complete           failed             canceled
        "execute              | ready ready      | ready ready      | ready ready      | ready            | executing        | waiting          | 409              | 409              | 409",
        "ack                  | executing updated| planning updated | scheduled updated| executing updated| executing updated| waiting updated  | complete         | failed           | canceled",
        "complete             | complete completed| complete completed| complete completed| complete completed| complete completed| complete completed| complete    | 409              | 409",
        "fail                 | failed failed    | failed failed    | failed failed    | failed failed    | failed failed    | failed failed    | 409              | failed           | 409",
        "cancel               | canceled updated | canceled updated | canceled updated | canceled updated | canceled updated | canceled updated | 409              | 409              | canceled",
        "retry                | 409              | 409              | 409              | 409              | 409              | 409              | 409              | ready updated ready| ready updated ready",
        "outcome/ack          | created          | planning         | scheduled        | ready            | executing        | waiting          | complete         | failed           | canceled",
        "split {\"parts\":1}  | waiting updated created ready | 409 | waiting updated created ready | waiting updated created ready | waiting updated created ready | waiting updated created ready | 409 | 409 | 409",
        "PATCH {\"status\":\"created\"}   | created updated | 409 | 409 | 409 | 409 | 409 | 409 | 409 | 409",
        "PATCH {\"status\":\"planning\"}  | planning updated | planning updated | 409 | 409 | 409 | 409 | 409 | 409 | 409",
        "PATCH {\"status\":\"ready\"}     | ready updated ready | ready updated ready | ready updated ready | ready updated | ready updated ready | ready updated ready | 409 | 409 | 409",
        "PATCH {\"status\":\"executing\"} | executing updated | executing updated | executing updated | executing updated | executing updated | executing updated | 409 | 409 | 409",
        "PATCH {\"status\":\"waiting\"}   | waiting updated | waiting updated | waiting updated | waiting updated | waiting updated | waiting updated | 409 | 409 | 409",
        "PATCH {\"status\":\"complete\"}  | complete updated completed | complete updated completed | complete updated completed | complete updated completed | complete updated completed | complete updated completed | complete updated | 409 | 409",
        "PATCH {\"status\":\"failed\"}    | failed updated failed | failed updated failed | failed updated failed | failed updated failed | failed updated failed | failed updated failed | 409 | failed updated | 409",
        "PATCH {\"progress\":5}           | created updated | planning updated | scheduled updated | ready updated | executing updated | waiting updated | complete updated | failed updated | canceled updated",
        "DELETE               | gone deleted | gone deleted | gone deleted | gone deleted | gone deleted | gone deleted | gone deleted | gone deleted | gone deleted",
    ];

    [Fact]
    public async Task EveryCallInEveryStatusLeadsWhereTheTableSays()
    {
        await using var server = await SpacesServer.StartAsync();
        var statuses = Ways.Keys.ToList();
        var wrong = new List<string>();
        foreach (var line in Table)
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            Assert.Equal(10, cells.Length);
            for (var at = 0; at < statuses.Count; at++)
            {
                var found = await WalkAsync(server, statuses[at], cells[0]);
                var wanted = string.Join(' ', cells[at + 1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
                if (found != wanted)
                {
                    wrong.Add($"{statuses[at]} + {cells[0]}: '{wanted}' wanted, '{found}' found");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task<string> WalkAsync(SpacesServer server, string status, string call)
    {
        var space = await server.SpaceAsync();
        var job = (string)(await server.DataAsync("POST", "jobs", $$"""{"type":"space","operation":"walk","source":"{{space}}"}"""))["id"]!;
        foreach (var step in Ways[status])
        {
            Assert.Equal(200, (await CallAsync(server, job, step)).Status);
        }

        Assert.Equal(status, (string)(await server.DataAsync("GET", $"jobs/{job}"))["status"]!);
        var before = (await server.TopicsAsync(space)).Length;
        var reply = await CallAsync(server, job, call);
        var topics = (await server.TopicsAsync(space))[before..];
        if (reply.Status != 200)
        {
            Assert.Empty(topics);
            Assert.EndsWith(".", (string)reply.Json["errors"]![0]!["message"]!);
            return $"{reply.Status}";
        }

        var after = await server.SendAsync("GET", $"jobs/{job}");
        return string.Join(' ', [after.Status == 404 ? "gone" : (string)after.Json["data"]!["status"]!, .. topics.Select(topic => topic["job:".Length..])]);
    }

    private static Task<Reply> CallAsync(SpacesServer server, string job, string call)
    {
        var words = call.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var body = words.Length > 1 ? words[1] : null;
        return words[0] is "PATCH" or "DELETE"
            ? server.SendAsync(words[0], $"jobs/{job}", body)
            : server.SendAsync("POST", $"jobs/{job}/{words[0]}", body ?? "{}");
    }
}
