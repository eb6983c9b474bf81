using System.Globalization;
using Flatfile.Agent.Host.Operating;
using Microsoft.AspNetCore.Http.Extensions;

namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>The desk of a running agent, through its operator's endpoint.</summary>
internal sealed class RemoteDesk(Uri address, string key) : IDeadLetterDesk, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly OperatorConnection _agent = new(address, key, Patience);

    public string Place => _agent.Place;

    public Task<LetterPage> ListAsync(LetterQuery query, int limit, long? before, CancellationToken cancellationToken)
    {
        var parameters = new QueryBuilder { { "limit", limit.ToString(CultureInfo.InvariantCulture) } };
        Add(parameters, "handler", query.Handler);
        Add(parameters, "topic", query.Topic);
        Add(parameters, "space", query.Space);
        Add(parameters, "since", query.Since?.ToString("O", CultureInfo.InvariantCulture));
        Add(parameters, "until", query.Until?.ToString("O", CultureInfo.InvariantCulture));
        Add(parameters, "reason", query.Reason);
        Add(parameters, "states", query.States is null ? null : string.Join(',', query.States));
        Add(parameters, "before", before?.ToString(CultureInfo.InvariantCulture));
        return _agent.GetAsync("dead" + parameters, OperatorJson.Default.LetterPage, cancellationToken);
    }

    public Task<LetterDetail> ShowAsync(long id, CancellationToken cancellationToken) =>
        _agent.GetAsync(string.Create(CultureInfo.InvariantCulture, $"dead/{id}"), OperatorJson.Default.LetterDetail, cancellationToken);

    public Task<ReplayAnswer> ReplayAsync(ReplayOrder order, CancellationToken cancellationToken) =>
        _agent.PostAsync("dead/replay", order, OperatorJson.Default.ReplayOrder, OperatorJson.Default.ReplayAnswer, cancellationToken);

    public Task<DropAnswer> DropAsync(DropOrder order, CancellationToken cancellationToken) =>
        _agent.PostAsync("dead/drop", order, OperatorJson.Default.DropOrder, OperatorJson.Default.DropAnswer, cancellationToken);

    public Task<BusPage> PeekBusAsync(int limit, CancellationToken cancellationToken) =>
        _agent.GetAsync(string.Create(CultureInfo.InvariantCulture, $"bus/dead?limit={limit}"), OperatorJson.Default.BusPage, cancellationToken);

    public Task<BusAnswer> ResubmitAsync(BusOrder order, CancellationToken cancellationToken) =>
        _agent.PostAsync("bus/dead/resubmit", order, OperatorJson.Default.BusOrder, OperatorJson.Default.BusAnswer, cancellationToken);

    public void Dispose() => _agent.Dispose();

    private static void Add(QueryBuilder parameters, string name, string? value)
    {
        if (value is not null)
        {
            parameters.Add(name, value);
        }
    }
}
