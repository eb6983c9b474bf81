using Flatfile.Agent.Host.Faults;
using Flatfile.Spaces;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>Asks the access handlers of the plugins, and those registered, on behalf of Spaces.</summary>
/// <remarks>They get most of the time Spaces gives, so that a slow one does not take the others' answers with it.</remarks>
internal sealed partial class PluginAccess(IServiceScopeFactory scopes, SpacesOptions options, TimeProvider time, ILogger<PluginAccess> logger) : ISpaceAccessHandler
{
    private const double Share = 0.8;
    private static readonly string[] Roles = ["viewer", "editor", "admin", "owner"];

    public async ValueTask<SpaceAccessDecision> DecideAsync(SpaceAccessRequest request, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var handlers = scope.ServiceProvider.GetRequiredService<IContributions<IAccessHandler>>().All
            .Concat(scope.ServiceProvider.GetServices<IAccessHandler>()).ToList();
        if (handlers.Count == 0)
        {
            return SpaceAccessDecision.Allow;
        }

        var asked = new AccessRequest
        {
            SpaceId = request.SpaceId,
            EnvironmentId = request.EnvironmentId,
            UserId = request.UserId,
            UserEmail = request.UserEmail,
            IsGuest = request.IsGuest,
            Role = request.Role,
        };
        using var limit = new CancellationTokenSource(options.AccessHandlerTime * Share, time);
        var answers = await Task.WhenAll(handlers.Select(handler => AskAsync(handler, asked, limit.Token)));
        return answers.FirstOrDefault(answer => !answer.IsAllowed) is { } refusal
            ? SpaceAccessDecision.Deny(refusal.Reason)
            : answers.Where(answer => answer.Role is not null).MinBy(answer => Array.IndexOf(Roles, answer.Role)) is { } lowest
                ? SpaceAccessDecision.AtMost(lowest.Role!)
                : SpaceAccessDecision.Allow;
    }

    private async Task<AccessDecision> AskAsync(IAccessHandler handler, AccessRequest request, CancellationToken limit)
    {
        try
        {
            var answer = await Task.Run(async () => await handler.DecideAsync(request, limit), CancellationToken.None).WaitAsync(limit);
            if (answer is { Role: null } || Roles.Contains(answer?.Role))
            {
                return answer!;
            }

            throw new UserFault($"{handler.GetType().FullName} answered the role '{answer?.Role}'.", "There is no such role.", $"Answer one of {string.Join(", ", Roles)}, or Allow.");
        }
        catch (Exception fault)
        {
            LogFailed(logger, fault, handler.GetType().FullName, request.UserId, request.SpaceId);
            return options.AccessFailsClosed ? AccessDecision.Deny("Whether you may come into this space could not be decided. Try again in a moment.") : AccessDecision.Allow;
        }
    }
}
