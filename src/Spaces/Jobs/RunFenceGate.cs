using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Jobs;

/// <summary>
/// Looks at the fence of a call before the call begins. Changes in the job's own space are looked at once more in their transaction; for those
/// elsewhere, in another space or in none, this look is all there is.
/// </summary>
internal sealed class RunFenceGate(SpaceRegistry registry, SpaceAdmission admission)
{
    /// <summary>Lets a call pass, or refuses it.</summary>
    /// <exception cref="ApiRefusal">The run may change nothing any more, or the caller runs no jobs.</exception>
    public async Task CheckAsync(RunFence fence, Principal caller, CancellationToken cancellationToken)
    {
        // A number that is too high stops the runs of a job, so not everybody who may write in a space may give one.
        if (caller.Kind is not (PrincipalKind.Environment or PrincipalKind.Account or PrincipalKind.User))
        {
            throw new ApiRefusal(403, new ApiFault(Flatfile.Api.RunFenceHeader.Name, "Jobs are run with a secret key. Leave the header out, or use such a key."));
        }

        if (await registry.FindAsync(fence.Job.Space, cancellationToken).ConfigureAwait(false) is not { } space
            || await admission.EnterAsync(caller, null, space, cancellationToken).ConfigureAwait(false) is null)
        {
            // The calls about the job itself say so in their own words.
            if (!fence.IsAboutJob)
            {
                throw RunFences.Gone(fence);
            }

            return;
        }

        await space.ReadAsync(read => RunFences.Check(read, fence), cancellationToken).ConfigureAwait(false);
    }
}
