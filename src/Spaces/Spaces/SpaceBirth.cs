using System.Text.Json.Nodes;
using Flatfile.Spaces.Environments;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Idempotency;
using Flatfile.Spaces.Storage;
using Flatfile.Sqlite;

namespace Flatfile.Spaces.Spaces;

/// <summary>Brings spaces into the world whole: a space is built under another name, and exists from the moment its folder is renamed.</summary>
/// <remarks>
/// A crash before the rename leaves nothing but a number that is never used; a crash after it leaves a space the next start registers.
/// A repeat with the same Idempotency-Key finds the number it was given and goes on from there.
/// </remarks>
internal sealed class SpaceBirth(DataFolder folder, CentralStore central, SpaceRegistry registry, SpacesOptions options, TimeProvider time)
{
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Runs <paramref name="build"/> for a new number, or answers again what was answered to the same request.</summary>
    public async Task<Answer> BearAsync(ApiCall call, Func<UnbornSpace, Task<Answer>> build)
    {
        var request = IdempotentRequest.Of(call);
        if (request is null)
        {
            return await RunAsync(call, build, null).ConfigureAwait(false);
        }

        // Two requests with one key at once: the second waits and finds the first one's answer.
        var turn = _turns[(uint)request.Key.GetHashCode(StringComparison.Ordinal) % _turns.Length];
        await turn.WaitAsync(call.Cancelled).ConfigureAwait(false);
        try
        {
            return await RunAsync(call, build, request).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<Answer> RunAsync(ApiCall call, Func<UnbornSpace, Task<Answer>> build, IdempotentRequest? request)
    {
        // The answer hands on a token of the space: a key that others used must not bring theirs.
        var scope = call.Caller.EnvironmentId + call.Caller.RepeatScope;
        var (earlier, number, guests) = await central.WriteAsync(call.Caller, change => Reserve(change, request, scope), call.Cancelled).ConfigureAwait(false);
        if (earlier is not null)
        {
            return earlier;
        }

        var space = registry.At(number, call.Caller.EnvironmentId);
        var answer = Directory.Exists(space.Path)
            ? await RememberedAsync(space, request!, call.Cancelled).ConfigureAwait(false)
            : await BuildAsync(new UnbornSpace(space, folder.BirthOf(number), call.Caller.ActorId, guests, request, options), build, scope).ConfigureAwait(false);
        await RegisterAsync(space, request, answer, scope).ConfigureAwait(false);
        return answer;
    }

    private async Task RegisterAsync(SpaceFolder space, IdempotentRequest? request, Answer answer, string scope)
    {
        try
        {
            await registry.RegisterAsync(space, change =>
            {
                if (request is not null)
                {
                    Ledger(change, scope).Keep(request, answer);
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

    private (Answer? Earlier, long Number, JsonNode? Guests) Reserve(CentralWrite change, IdempotentRequest? request, string scope)
    {
        var ledger = Ledger(change, scope);
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

    private async Task<Answer> BuildAsync(UnbornSpace unborn, Func<UnbornSpace, Task<Answer>> build, string scope)
    {
        try
        {
            if (Directory.Exists(unborn.Path))
            {
                Directory.Delete(unborn.Path, recursive: true);
            }

            Directory.CreateDirectory(unborn.Files);
            var answer = await build(unborn).ConfigureAwait(false);
            DurableFolder.Sync(unborn.Path);
            Directory.Move(unborn.Path, unborn.Space.Path);
            DurableFolder.Sync(folder.Spaces);
            return answer;
        }
        catch
        {
            await UndoAsync(unborn, scope).ConfigureAwait(false);
            throw;
        }
    }

    private async Task UndoAsync(UnbornSpace unborn, string scope)
    {
        if (Directory.Exists(unborn.Path))
        {
            Directory.Delete(unborn.Path, recursive: true);
        }

        if (Directory.Exists(unborn.Space.Path))
        {
            return;
        }

        await central.WriteAsync(unborn.Space.EnvironmentId, "", change =>
        {
            change.Connection.Execute("DELETE FROM spaces WHERE number = $number AND state = 'reserved'", ("$number", unborn.Space.Number));
            if (unborn.Request is not null)
            {
                Ledger(change, scope).Forget(unborn.Request);
            }

            return true;
        }, CancellationToken.None).ConfigureAwait(false);
    }

    private IdempotencyLedger Ledger(CentralWrite change, string scope) => new(change.Connection, scope, change.Now, options.IdempotencyWindow);
}
