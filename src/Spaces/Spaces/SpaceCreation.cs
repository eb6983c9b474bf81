using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Environments;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Idempotency;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Spaces;

/// <summary>Creates spaces whole: a space is built under another name, and exists from the moment its folder is renamed.</summary>
/// <remarks>
/// A crash before the rename leaves nothing but a number that is never used; a crash after it leaves a space the next start registers.
/// A repeat with the same Idempotency-Key finds the number it was given and goes on from there.
/// </remarks>
internal sealed class SpaceCreation(DataFolder folder, CentralStore central, SpaceRegistry registry, SpacesOptions options, TimeProvider time)
{
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Creates a space, or answers again what was answered to the same request.</summary>
    public async Task<Answer> CreateAsync(ApiCall call, JsonObject given)
    {
        var request = IdempotentRequest.Of(call);
        if (request is null)
        {
            return await RunAsync(call, given, null).ConfigureAwait(false);
        }

        // Two requests with one key at once: the second waits and finds the first one's answer.
        var turn = _turns[(uint)request.Key.GetHashCode(StringComparison.Ordinal) % _turns.Length];
        await turn.WaitAsync(call.Cancelled).ConfigureAwait(false);
        try
        {
            return await RunAsync(call, given, request).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<Answer> RunAsync(ApiCall call, JsonObject given, IdempotentRequest? request)
    {
        var (earlier, number, guests) = await central.WriteAsync(call.Caller, change => Reserve(change, request), call.Cancelled).ConfigureAwait(false);
        if (earlier is not null)
        {
            return earlier;
        }

        var space = registry.At(number, call.Caller.EnvironmentId);
        var answer = Directory.Exists(space.Path)
            ? await RememberedAsync(space, request!, call.Cancelled).ConfigureAwait(false)
            : await BuildAsync(space, call.Caller.ActorId, given, guests, request).ConfigureAwait(false);
        await RegisterAsync(space, request, answer).ConfigureAwait(false);
        return answer;
    }

    private async Task RegisterAsync(SpaceFolder space, IdempotentRequest? request, Answer answer)
    {
        try
        {
            await registry.RegisterAsync(space, change =>
            {
                if (request is not null)
                {
                    Ledger(change, space.EnvironmentId).Keep(request, answer);
                }
            }, CancellationToken.None).ConfigureAwait(false);
        }
        catch when (request is null)
        {
            // The client is told that nothing was created, and has no key to ask again with.
            Directory.Delete(space.Path, recursive: true);
            throw;
        }
    }

    private (Answer? Earlier, long Number, JsonNode? Guests) Reserve(CentralWrite change, IdempotentRequest? request)
    {
        var ledger = Ledger(change, change.EnvironmentId);
        if (request is not null && ledger.Find(request) is { } earlier)
        {
            if (earlier.Answer is { } answer)
            {
                return (Answer.Json(answer, earlier.Status), 0, null);
            }

            if (earlier.Space is { } reserved
                && change.Connection.Scalar("SELECT state FROM spaces WHERE number = $number", ("$number", reserved)) is string and not SpaceRegistry.Deleted)
            {
                return (null, reserved, Guests(change));
            }
        }

        var number = change.Connection.Number(
            "INSERT INTO spaces(environment, state) VALUES ($environment, 'reserved'); SELECT last_insert_rowid()", ("$environment", change.EnvironmentId));
        if (request is not null)
        {
            ledger.Reserve(request, number);
        }

        return (null, number, Guests(change));
    }

    private static JsonNode? Guests(CentralWrite change) =>
        EnvironmentStore.Find(change.Connection, change.EnvironmentId)?.Copy("guestAuthentication");

    /// <summary>The folder was finished and the process died before the registry knew: the answer lies in the space.</summary>
    private async Task<Answer> RememberedAsync(SpaceFolder space, IdempotentRequest request, CancellationToken cancellationToken) =>
        await space.ReadAsync(
            read => new IdempotencyLedger(read.Connection, "", time.GetUtcNow(), options.IdempotencyWindow).Find(request) is { Answer: { } answer } found
                ? Answer.Json(answer, found.Status)
                : throw ApiRefusal.Conflict("Idempotency-Key", $"Space {space.Id} was created by an earlier request with this key, whose answer is lost."),
            cancellationToken).ConfigureAwait(false);

    private async Task<Answer> BuildAsync(SpaceFolder space, string actorId, JsonObject given, JsonNode? guests, IdempotentRequest? request)
    {
        var birth = folder.BirthOf(space.Number);
        try
        {
            if (Directory.Exists(birth))
            {
                Directory.Delete(birth, recursive: true);
            }

            Directory.CreateDirectory(Path.Combine(birth, "files"));
            var answer = NewDatabase.Build(Path.Combine(birth, "space.db"), connection =>
            {
                var write = new SpaceWrite(connection, space, actorId, time.GetUtcNow(), 0);
                Fill(write, given, guests);
                var made = Answer.Data(SpaceView.Whole(connection, options));
                if (request is not null)
                {
                    new IdempotencyLedger(connection, "", write.Now, options.IdempotencyWindow).Keep(request, made);
                }

                write.Finish();
                return made;
            });
            DurableFolder.Sync(birth);
            Directory.Move(birth, space.Path);
            DurableFolder.Sync(folder.Spaces);
            return answer;
        }
        catch
        {
            await UndoAsync(space, birth, request).ConfigureAwait(false);
            throw;
        }
    }

    private static void Fill(SpaceWrite write, JsonObject given, JsonNode? guests)
    {
        var body = new JsonObject
        {
            ["id"] = write.SpaceId,
            ["name"] = "New space",
            ["environmentId"] = write.Folder.EnvironmentId,
            ["guestAuthentication"] = guests?.DeepClone() ?? new JsonArray(),
            ["status"] = SpaceStatus.Created,
            ["createdByUserId"] = write.ActorId,
            ["createdAt"] = write.NowText,
            ["updatedAt"] = write.NowText,
        };
        SpaceChange.Apply(write, body, given);
        write.StoreSpace(body);
        SpaceChange.Announce(write, Topics.SpaceCreated);
        var configures = given.Flag("autoConfigure");
        if (configures)
        {
            ConfigureJob.Create(write);
        }

        if (given["workbook"] is JsonObject workbook)
        {
            SpaceChange.AddPrimary(write, workbook);
            if (!configures)
            {
                SpaceChange.Configured(write);
            }
        }
    }

    private async Task UndoAsync(SpaceFolder space, string birth, IdempotentRequest? request)
    {
        if (Directory.Exists(birth))
        {
            Directory.Delete(birth, recursive: true);
        }

        if (Directory.Exists(space.Path))
        {
            return;
        }

        await central.WriteAsync(space.EnvironmentId, "", change =>
        {
            change.Connection.Execute("DELETE FROM spaces WHERE number = $number AND state = 'reserved'", ("$number", space.Number));
            if (request is not null)
            {
                Ledger(change, space.EnvironmentId).Forget(request);
            }

            return true;
        }, CancellationToken.None).ConfigureAwait(false);
    }

    private IdempotencyLedger Ledger(CentralWrite change, string scope) => new(change.Connection, scope, change.Now, options.IdempotencyWindow);
}
