using System.Security.Cryptography;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Idempotency;

/// <summary>Remembers answers in the transaction that made them: a change and its answer are kept together, or neither is.</summary>
/// <remarks>Refused requests are not remembered; they changed nothing and may be repeated.</remarks>
internal sealed class IdempotencyLedger(SqliteConnection connection, string scope, DateTimeOffset now, TimeSpan window)
{
    /// <summary>The table, in every space's database and in the central one.</summary>
    public const string Schema =
        """
        CREATE TABLE idempotency(
            scope TEXT NOT NULL, key TEXT NOT NULL, target TEXT NOT NULL, fingerprint BLOB NOT NULL,
            status INTEGER, recipe INTEGER NOT NULL, answer BLOB, space INTEGER, created_at INTEGER NOT NULL,
            PRIMARY KEY (scope, key)) WITHOUT ROWID;
        CREATE INDEX idempotency_created ON idempotency(created_at);
        """;

    /// <summary>Answers a repeat from memory, or runs the change and remembers its answer.</summary>
    public Answer Once(IdempotentRequest request, Func<Answer> change, Func<ReadOnlyMemory<byte>, Answer> replay)
    {
        if (Find(request) is { Answer: { } answer } earlier)
        {
            return earlier.IsRecipe ? replay(answer) : Answer.Json(answer, earlier.Status);
        }

        var made = change();
        Keep(request, made);
        return made;
    }

    /// <summary>The earlier request of this key; 422 when it was another one.</summary>
    public RememberedRequest? Find(IdempotentRequest request)
    {
        var earlier = connection.Row(
            "SELECT target, fingerprint, status, recipe, answer, space FROM idempotency WHERE scope = $scope AND key = $key AND created_at > $oldest",
            row => new RememberedRequest(
                row.GetString(0), (byte[])row[1], row.IsDBNull(2) ? 0 : row.GetInt32(2), row.GetInt64(3) != 0,
                row.IsDBNull(4) ? null : (byte[])row[4], row.IsDBNull(5) ? null : row.GetInt64(5)),
            ("$scope", scope), ("$key", request.Key), ("$oldest", Oldest));
        if (earlier is not null
            && (earlier.Target != request.Target || !CryptographicOperations.FixedTimeEquals(earlier.Fingerprint, request.Fingerprint)))
        {
            throw new ApiRefusal(422, new ApiFault("Idempotency-Key", "This key was used before with another request. Use a new key for a new request."));
        }

        return earlier;
    }

    /// <summary>Remembers an answer.</summary>
    public void Keep(IdempotentRequest request, Answer answer)
    {
        if (answer.Stream is not null)
        {
            throw new InvalidOperationException("A streamed answer cannot be kept for repeats.");
        }

        Write(request, answer.Status, answer.Recipe is not null, (answer.Recipe ?? answer.Body).ToArray(), null);
    }

    /// <summary>Remembers which space a request is about to create, before there is an answer.</summary>
    public void Reserve(IdempotentRequest request, long space) => Write(request, null, false, null, space);

    /// <summary>Lets go of a reservation whose request failed.</summary>
    public void Forget(IdempotentRequest request) => connection.Execute(
        "DELETE FROM idempotency WHERE scope = $scope AND key = $key AND answer IS NULL", ("$scope", scope), ("$key", request.Key));

    private long Oldest => (now - window).ToUnixTimeMilliseconds();

    private void Write(IdempotentRequest request, int? status, bool recipe, byte[]? answer, long? space)
    {
        connection.Execute("DELETE FROM idempotency WHERE created_at <= $oldest", ("$oldest", Oldest));
        connection.Execute(
            "INSERT OR REPLACE INTO idempotency VALUES ($scope, $key, $target, $fingerprint, $status, $recipe, $answer, $space, $now)",
            ("$scope", scope), ("$key", request.Key), ("$target", request.Target), ("$fingerprint", request.Fingerprint),
            ("$status", status), ("$recipe", recipe ? 1 : 0), ("$answer", answer), ("$space", space), ("$now", now.ToUnixTimeMilliseconds()));
    }
}
