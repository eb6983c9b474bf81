using System.Net;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>Exports and deletes the chosen spaces one after the other. Each step is stored before the next begins, so that whoever takes over goes on there.</summary>
internal sealed class CleanupRun(
    FlatfileClient client, SpaceExporter exporter, Func<CleanupState, CancellationToken, Task> save, Func<string, Task> step, TimeProvider time)
{
    private const int DeleteAttempts = 3;

    /// <summary>Works through all that is not ended.</summary>
    /// <param name="state">What was chosen, stored already.</param>
    /// <param name="whyNot">Looks again at a space just before it is exported.</param>
    /// <param name="serverTime">The server's clock.</param>
    /// <param name="stopping">No further space is begun once it fires.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public async Task<CleanupState> RunAsync(
        CleanupState state, Func<Space, string?> whyNot, DateTimeOffset serverTime, CancellationToken stopping, CancellationToken cancellationToken)
    {
        foreach (var chosen in state.Items.Where(i => i.Stage < CleanupStage.Deleted))
        {
            stopping.ThrowIfCancellationRequested();
            var item = chosen with { Reason = null };
            async Task StoreAsync(CleanupItem changed)
            {
                item = changed;
                state = state.With(changed);
                await save(state, cancellationToken).ConfigureAwait(false);
                await step($"stored.{changed.Stage}").ConfigureAwait(false);
            }

            try
            {
                if (item.Stage == CleanupStage.Chosen)
                {
                    await StoreAsync(await exporter.ExportAsync(item, whyNot, serverTime, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
                }

                await exporter.VerifyAsync(item, cancellationToken).ConfigureAwait(false);
                await StoreAsync(item with { Stage = CleanupStage.Deleting }).ConfigureAwait(false);
                await DeleteAsync(item.SpaceId, cancellationToken).ConfigureAwait(false);
                await step("delete.done").ConfigureAwait(false);
                await StoreAsync(item with { Stage = CleanupStage.Deleted }).ConfigureAwait(false);
            }
            catch (ExportFault fault)
            {
                await StoreAsync(item with { Stage = CleanupStage.Kept, Reason = fault.Message }).ConfigureAwait(false);
            }
            catch (FlatfileApiException gone) when (IsGone(gone))
            {
                await StoreAsync(item with { Stage = CleanupStage.Deleted, Reason = item.Stage == CleanupStage.Chosen ? "It was gone before it was exported." : null }).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is FlatfileApiException or IOException or UnauthorizedAccessException)
            {
                // The stage stays: the next run goes on here, with the export it has.
                await StoreAsync(item with { Stage = item.Stage == CleanupStage.Chosen ? CleanupStage.Kept : item.Stage, Reason = fault.Message }).ConfigureAwait(false);
            }
        }

        return state;
    }

    /// <summary>Deletes; after an unclear answer the server is asked whether the space is there still.</summary>
    private async Task DeleteAsync(string spaceId, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await client.Spaces.DeleteAsync(spaceId, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (FlatfileApiException fault) when (!IsGone(fault) && fault.IsTransient)
            {
                if (await IsGoneAsync(spaceId, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }

                if (attempt == DeleteAttempts)
                {
                    throw;
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(attempt), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsGoneAsync(string spaceId, CancellationToken cancellationToken)
    {
        try
        {
            await client.Spaces.GetAsync(spaceId, cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (FlatfileApiException fault) when (IsGone(fault))
        {
            return true;
        }
    }

    private static bool IsGone(FlatfileApiException fault) => fault.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone;
}
