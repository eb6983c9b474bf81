using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Idempotency;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Spaces;

/// <summary>A space that has a number and a folder nobody sees yet.</summary>
/// <param name="Space">What it will be.</param>
/// <param name="Path">Where it is built.</param>
/// <param name="ActorId">Who makes it.</param>
/// <param name="Guests">How its environment lets guests in.</param>
/// <param name="Request">The request that asked for it, when it named itself.</param>
/// <param name="Options">Settings.</param>
internal sealed record UnbornSpace(SpaceFolder Space, string Path, string ActorId, JsonNode? Guests, IdempotentRequest? Request, SpacesOptions Options)
{
    /// <summary>The database to build.</summary>
    public string Database => System.IO.Path.Combine(Path, "space.db");

    /// <summary>Where its files' bytes go.</summary>
    public string Files => System.IO.Path.Combine(Path, "files");

    /// <summary>The one change that makes the space.</summary>
    public SpaceWrite Write(SqliteConnection connection, DateTimeOffset now) => new(connection, Space, ActorId, now, 0, isBirth: true);

    /// <summary>Ends that change: the answer, which the space itself remembers until the registry knows it.</summary>
    public Answer Finish(SpaceWrite write)
    {
        var made = Answer.Data(SpaceView.Whole(write.Connection, Options));
        if (Request is not null)
        {
            new IdempotencyLedger(write.Connection, "", write.Now, Options.IdempotencyWindow).Keep(Request, made);
        }

        write.Finish();
        return made;
    }
}
