using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Operations;
using Flatfile.Spaces.Storage;
using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Auth.Access;

/// <summary>Announces who comes into a space, asks the access handlers, and remembers their answer for a while.</summary>
internal sealed partial class AccessDecisions(
    IEnumerable<ISpaceAccessHandler> handlers, CentralStore central, SpacesOptions options, TimeProvider time, ILogger<AccessDecisions> logger)
{
    private const int Most = 50_000;

    /// <summary>A refusal is asked again soon, so that a change of mind does not take a whole period; not at every call, each of which would be an event.</summary>
    private static readonly TimeSpan RefusalHolds = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(long Space, string Actor), Entry> _verdicts = new();
    private readonly IReadOnlyList<ISpaceAccessHandler> _handlers = [.. handlers];

    /// <summary>The most a caller may be in a space, and whether that was decided just now; 403 when it stays out.</summary>
    public async Task<(Right Cap, bool Fresh)> DecideAsync(Principal caller, SpaceFolder space, Right role)
    {
        var key = (space.Number, caller.ActorId);
        var now = time.GetUtcNow();
        if (_verdicts.TryGetValue(key, out var known) && known.IsOver(now))
        {
            _verdicts.TryRemove(new KeyValuePair<(long, string), Entry>(key, known));
        }

        if (_verdicts.Count >= Most)
        {
            Forget(now);
        }

        // Calls that come at once share one announcement and one decision, which does not end with the first of them.
        var entry = _verdicts.GetOrAdd(key, _ => new Entry(() => JudgeAsync(caller, space, role)));
        var fresh = entry.IsOpen;
        var (cap, reason, _) = await entry.DecidedAsync().ConfigureAwait(false);
        return reason is null
            ? (cap, fresh)
            : throw new ApiRefusal(403, new ApiFault("Authorization", reason));
    }

    private async Task<Verdict> JudgeAsync(Principal caller, SpaceFolder space, Right role)
    {
        await AnnounceAsync(caller, space).ConfigureAwait(false);
        var (cap, reason) = _handlers.Count == 0 ? (Right.Owner, null) : await AskAsync(caller, space, role).ConfigureAwait(false);
        var holds = reason is null ? options.AccessPeriod : RefusalHolds < options.AccessPeriod ? RefusalHolds : options.AccessPeriod;
        return new Verdict(cap, reason, time.GetUtcNow() + holds);
    }

    /// <summary>Before access is given: a listener hears of it also when the answer is no.</summary>
    private async Task AnnounceAsync(Principal caller, SpaceFolder space)
    {
        await space.WriteAsync(
            caller.ActorId,
            write => write.Emit(new NewEvent(Topics.SpaceAccessed, "space") { Context = new JsonObject { ["userEmail"] = caller.Email } }),
            CancellationToken.None).ConfigureAwait(false);
        if (caller.Kind == PrincipalKind.Guest)
        {
            await central.WriteAsync(
                space.EnvironmentId, caller.ActorId,
                change => change.Connection.Execute(
                    "UPDATE guest_spaces SET accessed_at = $now WHERE guest = $guest AND space = $space",
                    ("$now", change.NowText), ("$guest", caller.ActorId), ("$space", space.Number)),
                CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<(Right Cap, string? Reason)> AskAsync(Principal caller, SpaceFolder space, Right role)
    {
        var request = new SpaceAccessRequest
        {
            SpaceId = space.Id,
            EnvironmentId = space.EnvironmentId,
            UserId = caller.ActorId,
            UserEmail = caller.Email,
            IsGuest = caller.Kind == PrincipalKind.Guest,
            Role = Authorization.Name(role),
        };
        using var limit = new CancellationTokenSource(options.AccessHandlerTime, time);
        var answers = await Task.WhenAll(_handlers.Select(handler => AskAsync(handler, request, limit.Token))).ConfigureAwait(false);
        if (answers.FirstOrDefault(answer => !answer.IsAllowed) is { } refusal)
        {
            return (Right.Viewer, refusal.Reason.Length > 0 ? refusal.Reason : "You may not come into this space.");
        }

        return (answers.Min(answer => answer.Role is null ? Right.Owner : SpaceRules.RoleOf(answer.Role)!.Value), null);
    }

    private async Task<SpaceAccessDecision> AskAsync(ISpaceAccessHandler handler, SpaceAccessRequest request, CancellationToken limit)
    {
        try
        {
            // On a thread of its own: a handler that blocks must not hold up the call longer than the limit.
            var answer = await Task.Run(async () => await handler.DecideAsync(request, limit).ConfigureAwait(false), CancellationToken.None)
                .WaitAsync(limit).ConfigureAwait(false);
            if (answer is { Role: null } || SpaceRules.RoleOf(answer?.Role) is not null)
            {
                return answer!;
            }

            LogStrange(logger, handler.GetType().Name, request.SpaceId, request.UserId, answer?.Role);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            LogLate(logger, handler.GetType().Name, request.SpaceId, request.UserId, options.AccessHandlerTime.TotalMilliseconds);
        }
        catch (Exception fault)
        {
            LogFailed(logger, fault, handler.GetType().Name, request.SpaceId, request.UserId);
        }

        return options.AccessFailsClosed ? SpaceAccessDecision.Deny("Whether you may come into this space could not be decided. Try again in a moment.") : SpaceAccessDecision.Allow;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, entry) in _verdicts)
        {
            if (entry.IsOver(now))
            {
                _verdicts.TryRemove(key, out _);
            }
        }

        if (_verdicts.Count >= Most)
        {
            _verdicts.Clear();
        }
    }

    /// <summary>What was decided, until when; with a reason, no.</summary>
    private sealed record Verdict(Right Cap, string? Reason, DateTimeOffset Until);

    /// <summary>A decision being made or made; begun by the first who asks for it.</summary>
    private sealed class Entry(Func<Task<Verdict>> judge)
    {
        private readonly Lazy<Task<Verdict>> _verdict = new(judge);
        private long _until = long.MaxValue;

        /// <summary>Whether it is still being made.</summary>
        public bool IsOpen => Volatile.Read(ref _until) == long.MaxValue;

        public bool IsOver(DateTimeOffset now) => (_verdict.IsValueCreated && _verdict.Value is { IsCompleted: true, IsCompletedSuccessfully: false }) || Volatile.Read(ref _until) <= now.UtcTicks;

        public async Task<Verdict> DecidedAsync()
        {
            var verdict = await _verdict.Value.ConfigureAwait(false);
            Volatile.Write(ref _until, verdict.Until.UtcTicks);
            return verdict;
        }
    }
}
