using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Auth.Guests;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using EventId = Flatfile.Spaces.Ids.EventId;

namespace Flatfile.Spaces.Spaces;

/// <summary>Deletes spaces: one central transaction takes the last events, sets the tombstone and announces it; then the folder goes.</summary>
internal sealed partial class SpaceDeletion(DataFolder folder, CentralStore central, SpaceShelf shelf, SpaceRegistry registry, EventRelay relay, ILogger<SpaceDeletion> logger)
{
    /// <summary>Deletes a space with everything in it, also one whose database cannot be read any more.</summary>
    public async Task DeleteAsync(SpaceFolder space, Principal caller, CancellationToken cancellationToken)
    {
        try
        {
            await shelf.RetireAsync(space, open => EndAsync(space, open, caller), cancellationToken).ConfigureAwait(false);
        }
        catch (ApiRefusal refusal) when (refusal.Status == 503)
        {
            LogDamaged(logger, space.Id, refusal.Message);
            await EntombAsync(space, caller, [], null, (await central.StateAsync(space.Number).ConfigureAwait(false)).Cursor).ConfigureAwait(false);
        }

        Remove(space);
    }

    private async Task EndAsync(SpaceFolder space, OpenSpace open, Principal caller)
    {
        var after = Math.Max(open.Relayed, (await central.StateAsync(space.Number).ConfigureAwait(false)).Cursor);
        SpaceNews news;
        try
        {
            news = await open.File.ReadAsync(connection => SpaceNews.Read(connection, after, int.MaxValue), CancellationToken.None).ConfigureAwait(false);
        }
        catch (SqliteException fault) when (StorageFault.Of(fault) is { } said)
        {
            throw said(space.Subject);
        }

        await EntombAsync(space, caller, news.Events, news.Summary.Body, news.Last).ConfigureAwait(false);
    }

    private async Task EntombAsync(SpaceFolder space, Principal caller, IReadOnlyList<OutboxEvent> rest, JsonObject? body, long last)
    {
        await central.WriteAsync(caller, change =>
        {
            foreach (var one in rest)
            {
                change.Append(space.Number, one.Sequence, space.EnvironmentId, one.Topic, one.Domain, one.CreatedAt, one.Body);
            }

            var news = new NewEvent(Topics.SpaceDeleted, "space")
            {
                Context = new JsonObject { ["workbookId"] = body?.Text("primaryWorkbookId") },
            };
            var origin = new EventOrigin(change.AccountId, space.EnvironmentId, change.ActorId, change.NowText)
            {
                SpaceId = space.Id,
                AppId = body?.Text("appId"),
                Namespaces = body?.Text("namespace") is { Length: > 0 } name ? ["space:" + name] : [],
                SpaceMetadata = body?.Copy("metadata"),
            };
            var id = EventId.Write(space.Number, last + 1);
            change.Append(space.Number, last + 1, space.EnvironmentId, news.Topic, news.Domain, change.NowText, EventBody.Write(news, id, origin).ToArray());
            change.Connection.Execute(
                "UPDATE spaces SET state = 'deleted', cursor = $cursor, body = NULL WHERE number = $number",
                ("$number", space.Number), ("$cursor", last + 1));
            change.Connection.Execute("DELETE FROM secrets WHERE space = $space", ("$space", space.Id));
            GuestStore.ForgetSpace(change, space.Number);
            Jobs.JobIndex.Forget(change, space.Number);
            return true;
        }, CancellationToken.None).ConfigureAwait(false);
        registry.Forget(space);
        relay.Forget(space);
    }

    /// <summary>The tombstone stands; what cannot be removed now is removed at the next start.</summary>
    private void Remove(SpaceFolder space)
    {
        try
        {
            if (Directory.Exists(space.Path))
            {
                var trash = folder.TrashOf(space.Number);
                Directory.Move(space.Path, trash);
                Directory.Delete(trash, recursive: true);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogLeft(logger, fault, space.Path);
        }
    }
}
