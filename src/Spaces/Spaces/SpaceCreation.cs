using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Spaces;

/// <summary>Creates spaces from what a client says of them.</summary>
internal sealed class SpaceCreation(SpaceBirth birth, TimeProvider time)
{
    /// <summary>Creates a space, or answers again what was answered to the same request.</summary>
    public Task<Answer> CreateAsync(ApiCall call, JsonObject given) => birth.BearAsync(call, unborn => Task.FromResult(Build(unborn, given)));

    private Answer Build(UnbornSpace unborn, JsonObject given) => NewDatabase.Build(unborn.Database, connection =>
    {
        var write = unborn.Write(connection, time.GetUtcNow());
        Fill(write, given, unborn.Guests);
        return unborn.Finish(write);
    });

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

        if (given["document"] is JsonObject document)
        {
            Documents.DocumentStore.Create(write, document);
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
}
