using System.Text.Json.Nodes;
using Flatfile.Agent.Core.Startup;
using Flatfile.Api;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Upkeep.Monitoring;

/// <summary>Recurring work: measures every space and the agents, and tells when a threshold is passed and when it is not any more.</summary>
internal sealed partial class MonitoringWork(FlatfileClient client, AgentProbe agents, MonitoringGauges gauges, IOptions<AgentOptions> options, TimeProvider time) : IRecurringHandler
{
    /// <summary>Its id.</summary>
    public const string Id = "monitoring";

    public const string RaisedTopic = "monitoring:raised";

    public const string ClearedTopic = "monitoring:cleared";

    /// <summary>Spaces that are named in the report.</summary>
    private const int Named = 100;

    public async Task<RecurringResult> RunAsync(RecurringContext context, CancellationToken cancellationToken)
    {
        var settings = options.Value.Monitoring;
        var serverTime = await client.GetServerTimeAsync(cancellationToken).ConfigureAwait(false) ?? time.GetUtcNow();
        var probe = new SpaceProbe(client, settings, serverTime);
        var spaces = new List<SpaceReading>();
        var unread = new List<(string Id, string Why)>();
        await foreach (var space in client.Spaces.ListAsync(new SpaceQuery { EnvironmentId = options.Value.EnvironmentId }, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                spaces.Add(await probe.ReadAsync(space, cancellationToken).ConfigureAwait(false));
            }
            catch (FlatfileApiException fault)
            {
                unread.Add((space.Id, fault.Message));
            }
        }

        var agent = await agents.ReadAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Alert> alerts = [.. spaces.SelectMany(s => AlertRules.Of(s, settings)), .. AlertRules.Of(agent, settings)];
        gauges.Set(spaces, agent, alerts);
        await TellAsync(context, alerts, [.. unread.Select(u => u.Id)], settings, cancellationToken).ConfigureAwait(false);
        return Report(spaces, unread, agent, alerts);
    }

    private async Task TellAsync(RecurringContext context, IReadOnlyList<Alert> alerts, HashSet<string> unread, MonitoringOptions settings, CancellationToken cancellationToken)
    {
        var state = await context.LoadStateAsync<MonitoringState>(cancellationToken).ConfigureAwait(false) ?? new MonitoringState();
        var raised = state.Raised.ToDictionary(a => a.Key, StringComparer.Ordinal);
        foreach (var alert in alerts.Where(a => !raised.ContainsKey(a.Key)))
        {
            Raised(context.Logger, alert.Text);
            await PublishAsync(context, RaisedTopic, alert, settings, cancellationToken).ConfigureAwait(false);
            raised[alert.Key] = alert;
        }

        // Of a space that could not be read nothing is known: what was raised stays.
        var now = alerts.Select(a => a.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var alert in state.Raised.Where(a => !now.Contains(a.Key) && !(a.SpaceId is { } space && unread.Contains(space))))
        {
            Cleared(context.Logger, alert.Key);
            await PublishAsync(context, ClearedTopic, alert, settings, cancellationToken).ConfigureAwait(false);
            raised.Remove(alert.Key);
        }

        await context.SaveStateAsync(new MonitoringState { Raised = [.. raised.Values] }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same event is not raised twice when the process dies before the state is stored: its key is that of slot, topic and alert.</summary>
    private async Task PublishAsync(RecurringContext context, string topic, Alert alert, MonitoringOptions settings, CancellationToken cancellationToken)
    {
        if (!settings.RaiseEvents)
        {
            return;
        }

        var about = new JsonObject();
        if (alert.SpaceId is not null)
        {
            about["spaceId"] = alert.SpaceId;
        }
        else if (options.Value.EnvironmentId is { } environment)
        {
            about["environmentId"] = environment;
        }

        try
        {
            await client.Events.CreateAsync(
                new EventConfig
                {
                    Topic = topic, Domain = alert.SpaceId is null ? "environment" : "space", Context = about,
                    Payload = new JsonObject { ["key"] = alert.Key, ["kind"] = alert.Kind, ["text"] = alert.Text },
                },
                new RequestOptions { IdempotencyKey = $"{topic}:{alert.Key}:{context.Slot.ToUnixTimeMilliseconds()}" }, cancellationToken).ConfigureAwait(false);
        }
        catch (FlatfileApiException fault)
        {
            // The space may be gone, or this Flatfile takes no topics but its own. The log and the metrics have it.
            NotPublished(context.Logger, topic, alert.Key, fault.Message);
        }
    }

    private static RecurringResult Report(List<SpaceReading> spaces, List<(string Id, string Why)> unread, AgentReading agent, IReadOnlyList<Alert> alerts) =>
        new(FormattableString.Invariant($"{spaces.Count} spaces looked at, {unread.Count} could not be read; {alerts.Count} thresholds passed."))
        {
            Details = new JsonObject
            {
                ["spaces"] = spaces.Count,
                ["storageBytes"] = spaces.Sum(s => s.StorageBytes ?? 0),
                ["largest"] = new JsonArray([.. spaces.OrderByDescending(s => s.StorageBytes ?? 0).Take(Named).Select(s => new JsonObject
                {
                    ["id"] = s.SpaceId, ["name"] = s.Name, ["storageBytes"] = s.StorageBytes, ["records"] = s.Records, ["ageInDays"] = (long)s.Age.TotalDays, ["stuckJobs"] = s.StuckJobs.Count,
                })]),
                ["unread"] = new JsonArray([.. unread.Take(Named).Select(u => new JsonObject { ["id"] = u.Id, ["why"] = u.Why })]),
                ["nodes"] = agent.Nodes,
                ["deadLetters"] = agent.DeadLetters,
                ["openTickets"] = agent.OpenTickets,
                ["jobRuns"] = agent.Runs,
                ["failedJobRuns"] = agent.FailedRuns,
                ["alerts"] = new JsonArray([.. alerts.Take(Named).Select(a => new JsonObject { ["kind"] = a.Kind, ["spaceId"] = a.SpaceId, ["text"] = a.Text })]),
            },
        };
}
