using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Jobs.Plans;

/// <summary>A job of the server that makes a plan first, and waits with it for somebody to look at it, unless it is immediate.</summary>
internal interface IPlanningJob : ISystemJob
{
    /// <summary>The plan: <c>{fieldMapping, unmappedSourceFields, unmappedDestinationFields}</c>. The job has passed its check.</summary>
    JsonObject Plan(SpaceRead read, JsonObject job);

    /// <summary>Puts what a client sent over the plan and answers the new one; a 400 names everything in it that does not fit.</summary>
    JsonObject Merge(SpaceRead read, JsonObject job, JsonObject plan, JsonObject given);
}
