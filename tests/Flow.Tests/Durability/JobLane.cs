using System.Text.Json.Nodes;

namespace Flow.Tests.Durability;

/// <summary>Leads jobs through their states.</summary>
internal sealed class JobLane(string space, Random random) : Lane(random)
{
    private static readonly string[] Steps = ["execute", "ack", "complete"];

    private readonly Dictionary<string, string> _states = [];
    private string? _job;
    private int _step;

    public override async Task CheckAsync(LoadClient client)
    {
        var found = new Dictionary<string, string>();
        for (var page = 1; found.Count < _states.Count || page == 1; page++)
        {
            var jobs = (await client.GetAsync($"jobs?spaceId={space}&pageSize=1000&pageNumber={page}")).AsArray();
            foreach (var job in jobs.Where(job => (string)job!["operation"]! == "probe"))
            {
                found[(string)job!["id"]!] = (string)job["status"]!;
            }

            if (jobs.Count < 1_000)
            {
                break;
            }
        }

        Assert.Equal(_states.OrderBy(job => job.Key, StringComparer.Ordinal), found.OrderBy(job => job.Key, StringComparer.Ordinal));
    }

    protected override (Call Call, Action<JsonNode> Acknowledged)? Next()
    {
        if (_job is not { } job)
        {
            return (new Call("POST", "jobs", $$"""{"type":"space","operation":"probe","source":"{{space}}"}"""), answer =>
            {
                _job = (string)answer["data"]!["id"]!;
                _states[_job] = "created";
                _step = 0;
            });
        }

        var step = Steps[_step];
        return (new Call("POST", $"jobs/{job}/{step}", "{}"), _ =>
        {
            _states[job] = step switch { "execute" => "ready", "ack" => "executing", _ => "complete" };
            _step++;
            _job = _step < Steps.Length ? job : null;
        });
    }
}
