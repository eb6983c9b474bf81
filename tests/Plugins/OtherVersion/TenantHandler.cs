using Flatfile.Agent;

namespace OtherVersion;

/// <summary>Uses what only a later contract offers.</summary>
[On("space:created")]
public sealed class TenantHandler : IEventHandler
{
    public Task HandleAsync(EventContext context, CancellationToken cancellationToken) =>
        context.Tenant.Length == 0 ? Task.CompletedTask : Task.FromCanceled(cancellationToken);
}
